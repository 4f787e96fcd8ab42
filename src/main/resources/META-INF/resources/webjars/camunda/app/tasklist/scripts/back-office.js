const language = window.camTasklistConf.locales.fallbackLocale;
document.documentElement.lang = language;

// Tasklist goes to a sign-in page of its own after signing out and when the session has ended. One signs in on ours.
function signInOnOurPage() {
  if (location.hash.startsWith('#/login')) {
    location.replace('/sign-in');
  }
}
addEventListener('hashchange', signInOnOurPage);
signInOnOurPage();

// A form cannot say how to align a column of its tables.
const amount = /^[-−–]?\s*(\$\s*[\d,]+\.\d\d|[\d\s]+,\d\d\s*\$)$/;
new MutationObserver(() =>
  document.querySelectorAll('.fjs-table-td').forEach(cell =>
    cell.classList.toggle('amount', amount.test(cell.textContent.trim())))
).observe(document.body, { childList: true, characterData: true, subtree: true });

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
