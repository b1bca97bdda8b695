from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0009_parties"),
    ]

    operations = [
        migrations.AlterField(
            model_name="finding",
            name="check_code",
            field=models.CharField(
                choices=[
                    ("balance", "The kept balance differs from the sum of the entries"),
                    ("claim", "The open claim differs from the sum of its entries"),
                    ("entry", "An entry does not balance"),
                    ("mirror", "Two books do not agree on what one owes the other"),
                    ("numbering", "The journal's numbers have a gap"),
                    ("delivered", "More was delivered than was agreed"),
                    ("settled", "Something is still open of an agreement that is settled"),
                    ("vat", "The VAT of a delivery is not what its value, or its entry, says"),
                ],
                max_length=16,
            ),
        ),
    ]
