// Where the device or the person said no to a passkey: say so on the page, not in the console.
document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (problem) {
    event.preventDefault();
    problem.hidden = false;
    problem.focus();
  }
});
