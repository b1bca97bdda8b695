-- What is in a book, and what is agreed, is read by those who may read that book (`network/sql/postgresql/70_wall.sql`).
-- Whether somebody keeps a book is no secret, nor is the name of a unit. Whoever owns the tables stands outside the
-- wall, so that the rules see everything.
--
-- Who is party is asked from outside the wall: a policy that asks a table whose own policy asks back never ends.
CREATE OR REPLACE FUNCTION ledger_reads_agreement(agreement bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM ledger_agreementparty p
        WHERE p.agreement_id = agreement AND p.organization_id = ANY (network_reads()))
$$;
-- Of a round a party reads what it shares with others, its body everything.
CREATE OR REPLACE FUNCTION ledger_calls_round(round bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM ledger_clearinground r WHERE r.id = round AND r.body_id = ANY (network_reads()))
$$;
CREATE OR REPLACE FUNCTION ledger_reads_round(round bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM ledger_roundparty p
        WHERE p.round_id = round AND p.organization_id = ANY (network_reads()))
$$;
CREATE OR REPLACE FUNCTION ledger_meets_in_round(party bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM ledger_roundclaim c JOIN ledger_roundparty p ON p.id = c.creditor_id
        WHERE c.debtor_id = party AND p.organization_id = ANY (network_reads())
    ) OR EXISTS (
        SELECT FROM ledger_roundclaim c JOIN ledger_roundparty p ON p.id = c.debtor_id
        WHERE c.creditor_id = party AND p.organization_id = ANY (network_reads()))
$$;
-- Of a balance confirmation each reads the balances on one side of which it stands, its body everything.
CREATE OR REPLACE FUNCTION ledger_calls_confirmation(confirmation bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM ledger_balanceconfirmation c
        WHERE c.id = confirmation AND c.body_id = ANY (network_reads()))
$$;
CREATE OR REPLACE FUNCTION ledger_reads_confirmation(confirmation bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM ledger_askedbalance b JOIN ledger_book k ON k.id IN (b.debtor_id, b.creditor_id)
        WHERE b.confirmation_id = confirmation AND k.organization_id = ANY (network_reads()))
$$;
DO $$
DECLARE
    own text := '= ANY ((SELECT network_reads())::bigint[])';
    book text := 'EXISTS (SELECT FROM ledger_book b WHERE b.id = %s AND b.organization_id ' || own || ')';
    wall record;
BEGIN
    FOR wall IN SELECT * FROM (VALUES
        -- A member's position in a credit is the network's, too: its own book holds the other side of it.
        ('account', format(book, 'book_id') || ' OR number = ''1103'' AND ' || format(book, 'counterparty_id')),
        ('accountbalance', 'EXISTS (SELECT FROM ledger_account a WHERE a.id = account_id)'),
        ('daybalance', 'EXISTS (SELECT FROM ledger_account a WHERE a.id = account_id)'),
        ('checkpoint', 'EXISTS (SELECT FROM ledger_account a WHERE a.id = account_id)'),
        ('creditlimit', 'EXISTS (SELECT FROM ledger_account a WHERE a.id = account_id)'),
        ('hold', 'EXISTS (SELECT FROM ledger_account a WHERE a.id = account_id)'),
        ('posting', 'EXISTS (SELECT FROM ledger_account a WHERE a.id = account_id)'),
        ('entry', format(book, 'book_id')),
        ('event', 'EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = ledger_event.id)'),
        ('claim', format(book, 'creditor_id') || ' OR ' || format(book, 'debtor_id')),
        ('claimbalance', 'EXISTS (SELECT FROM ledger_claim c WHERE c.id = claim_id)'),
        ('flow', format(book, 'giver_id') || ' OR ' || format(book, 'receiver_id')),
        ('closing', format(book, 'book_id')),
        ('classification', format(book, 'book_id')),
        ('yearclosing', format(book, 'book_id')),
        ('yearbalance', 'EXISTS (SELECT FROM ledger_yearclosing c WHERE c.id = closing_id)'),
        ('surplusdistribution', 'EXISTS (SELECT FROM ledger_yearclosing c WHERE c.id = closing_id)'),
        -- What is between two is seen by both; what is of the whole network tells of no single book.
        ('finding', 'book_id IS NULL OR ' || format(book, 'book_id') || ' OR ' || format(book, 'other_id')),
        ('findingstep', 'EXISTS (SELECT FROM ledger_finding f WHERE f.id = finding_id)'),
        ('approvalthreshold', format(book, 'book_id')),
        ('agreement', 'proposer_id ' || own || ' OR ledger_reads_agreement(id)'),
        ('agreementparty', 'organization_id ' || own || ' OR ledger_reads_agreement(agreement_id)'),
        ('agreementline', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('agreementstep', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('delivery', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('deliveryitem', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        ('dispute', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'
            ' OR EXISTS (SELECT FROM ledger_contribution c WHERE c.id = contribution_id)'
            ' OR EXISTS (SELECT FROM ledger_fundact f WHERE f.id = fund_act_id)'
            ' OR EXISTS (SELECT FROM ledger_creditact m WHERE m.id = credit_act_id)'),
        ('assignment', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('hostingterms', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('hostedperiod', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        -- What it cost is the host's: of its book.
        ('hostedcost', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = period_id AND d.giver_id ' || own || ')'),
        ('referralterms', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('referralshare', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = terms_id)'),
        ('referredwork', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        ('coproductionterms', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('coproductionstage', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('stageprogress', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        ('sharedact', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        ('sharedpart', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = act_id)'),
        ('tollterms', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('materialmove', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        -- What material cost is its owner's: of its book.
        ('materialcost', 'EXISTS (SELECT FROM ledger_delivery d JOIN ledger_tollterms t USING (agreement_id)'
            ' WHERE d.id = move_id AND t.principal_id ' || own || ')'),
        ('machine', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('machineowner', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = machine_id)'),
        ('machineprice', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = machine_id)'),
        ('machinebooking', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = machine_id)'),
        ('machineuse', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        ('purchaseterms', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('purchaserequest', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('purchase', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('purchasepart', 'EXISTS (SELECT FROM ledger_purchase p WHERE p.id = purchase_id)'),
        ('purchasehandover', 'EXISTS (SELECT FROM ledger_delivery d WHERE d.id = delivery_id)'),
        ('loanterms', 'EXISTS (SELECT FROM ledger_agreement a WHERE a.id = agreement_id)'),
        ('voucher', 'organization_id ' || own),
        ('clearinground', 'body_id ' || own || ' OR ledger_reads_round(id)'),
        ('roundparty', 'organization_id ' || own || ' OR ledger_calls_round(round_id) OR ledger_meets_in_round(id)'),
        ('roundclaim', 'ledger_calls_round(round_id) OR EXISTS (SELECT FROM ledger_roundparty p'
            || ' WHERE p.id IN (debtor_id, creditor_id) AND p.organization_id ' || own || ')'),
        ('balanceconfirmation', 'body_id ' || own || ' OR ledger_reads_confirmation(id)'),
        ('askedbalance', 'ledger_calls_confirmation(confirmation_id) OR ' || format(book, 'debtor_id')
            || ' OR ' || format(book, 'creditor_id')),
        ('balanceanswer', 'EXISTS (SELECT FROM ledger_askedbalance b WHERE b.id = balance_id)'),
        ('balanceexplanation', 'EXISTS (SELECT FROM ledger_balanceanswer a WHERE a.id = answer_id)'),
        ('cashcount', format(book, 'book_id')),
        ('signoff', 'body_id ' || own || ' OR ' || format(book, 'book_id')),
        ('sampledentry', 'EXISTS (SELECT FROM ledger_signoff s WHERE s.id = sign_off_id)'),
        ('creditact', 'teller_id ' || own || ' OR other_id ' || own),
        ('demurragerate', 'EXISTS (SELECT FROM ledger_unit u WHERE u.id = credit_id)'),
        ('demurragecharge', 'EXISTS (SELECT FROM ledger_event e WHERE e.id = event_id)'),
        ('funddecision', format(book, 'fund_id')),
        ('fundact', format(book, 'fund_id') || ' OR other_id ' || own),
        ('fundshare', format(book, 'fund_id') || ' OR organization_id ' || own),
        ('fundline', 'EXISTS (SELECT FROM ledger_fundshare s WHERE s.id = share_id)'),
        ('contribution', 'giver_id ' || own || ' OR receiver_id ' || own),
        ('upload', 'organization_id ' || own),
        ('uploadrow', 'EXISTS (SELECT FROM ledger_upload u WHERE u.id = upload_id)'),
        ('loadedrow', 'organization_id ' || own),
        ('ownrecord', format(book, 'book_id')),
        ('recordline', 'EXISTS (SELECT FROM ledger_ownrecord r WHERE r.id = record_id)'),
        ('recordmatch', 'EXISTS (SELECT FROM ledger_ownrecord r WHERE r.id = record_id)'),
        ('matchpart', 'EXISTS (SELECT FROM ledger_recordmatch m WHERE m.id = match_id)')
    ) AS w (name, seen)
    LOOP
        -- A table that waits for its deferred checks must not be altered: only what stands outside the wall is.
        IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = format('ledger_%s', wall.name)::regclass) THEN
            EXECUTE format('ALTER TABLE ledger_%s ENABLE ROW LEVEL SECURITY', wall.name);
        END IF;
        EXECUTE format('DROP POLICY IF EXISTS wall ON ledger_%s', wall.name);
        EXECUTE format('CREATE POLICY wall ON ledger_%s USING ((SELECT network_reads_all()) OR %s) WITH CHECK (true)',
            wall.name, wall.seen);
    END LOOP;
END $$;
