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

// What has no place in Tasklist's translations: the names of days and months where one picks a date, and what a form lacks.
if (language === 'fr') {
  const names = (count, day, options) => Array.from({ length: count }, (_, i) => day(i).toLocaleDateString('fr-CA', options));
  const months = length => names(12, i => new Date(2023, i, 1), { month: length });
  const daysFromSunday = length => names(7, i => new Date(2023, 0, 1 + i), { weekday: length });
  window.angular.module('ngLocale').config(['$provide', provide => provide.decorator('$locale', ['$delegate', locale => {
    Object.assign(locale.DATETIME_FORMATS, {
      MONTH: months('long'),
      STANDALONEMONTH: months('long'),
      SHORTMONTH: months('short'),
      DAY: daysFromSunday('long'),
      SHORTDAY: daysFromSunday('short')
    });
    return locale;
  }])]);
}
function sayWhatIsLacking() {
  for (const error of document.querySelectorAll('.fjs-form-field-error')) {
    const sentence = error.querySelector('li')?.firstChild;
    if (sentence?.data === 'Field is required.') {
      sentence.data = language === 'fr'
        ? 'Ce champ est obligatoire\u00a0: remplissez-le ou faites un choix.'
        : 'This field is required: fill it in or make a choice.';
    }
  }
}

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
new MutationObserver(() => {
  alignAmounts();
  sayWhatIsLacking();
}).observe(document.body, { childList: true, characterData: true, subtree: true });

// Tasklist writes the keys of its sentences where it is quicker than their file, but for what it remembers of an earlier visit.
// Asked for by the same address, the file is sent once.
const locales = document.querySelector('base').getAttribute('app-root') + '/app/tasklist/locales/';
const sentences = await fetch(`${locales}${language}.json?bust=${window.bust}`);
if (sentences.ok) {
  const remembered = JSON.parse(localStorage.getItem('camunda-web') || '{}');
  remembered[`${locales}_locales_data_${language}_${window.bust}`] = await sentences.text();
  localStorage.setItem('camunda-web', JSON.stringify(remembered));
}

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
