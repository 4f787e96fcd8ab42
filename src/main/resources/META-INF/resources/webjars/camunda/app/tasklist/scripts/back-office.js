const language = window.camTasklistConf.locales.fallbackLocale;
document.documentElement.lang = language;

// Tasklist goes to a sign-in page of its own after signing out and when the session has ended. One signs in on ours.
function signInOnOurPage() {
  if (location.hash.startsWith('#/login')) {
    location.replace('/signed-out');
  }
}
addEventListener('hashchange', signInOnOurPage);
signInOnOurPage();

// A form cannot say how to align a column of its tables.
const amount = /^[+−]?(?:(?:US)?\$|[A-Z]{3}\s)?\d[\d,\s]*[.,]\d\d(?:\s(?:\$(?:\sUS)?|[A-Z]{3}))?$/;
function alignAmounts() {
  for (const table of document.querySelectorAll('.fjs-table')) {
    const rows = [...table.rows];
    [...rows[0].cells].forEach((heading, column) => {
      const cells = rows.map(row => row.cells[column]).filter(cell => cell);
      const hasAmount = cells.some(cell => amount.test(cell.textContent.trim()));
      cells.forEach(cell => cell.classList.toggle('amount', hasAmount));
    });
  }
}
new MutationObserver(alignAmounts).observe(document.body, { childList: true, characterData: true, subtree: true });

export default {
  id: 'start-page',
  pluginPoint: 'tasklist.navbar.action',
  priority: 1000,
  render: place => {
    const start = document.createElement('a');
    start.href = '/';
    start.textContent = language === 'fr' ? 'Accueil' : 'Start';
    place.append(start);
  }
};
