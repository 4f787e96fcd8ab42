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
// No task has a priority or a day to follow it up: to sort by them does nothing.
const SORTS_NOTHING = ['Priority', 'Follow-up date', 'Priorité', 'Date de suivi'];
function hideWhatFails() {
  for (const choice of document.querySelectorAll('.sorting-choice .dropdown-menu > li')) {
    choice.classList.toggle('sorts-nothing', SORTS_NOTHING.includes(choice.textContent.trim()));
  }
  for (const field of document.querySelectorAll('[cam-tasklist-task-meta] [cam-widget-inline-field], [cam-tasklist-task-meta] .groups a')) {
    field.tabIndex = -1;
  }
}
new MutationObserver(() => {
  alignAmounts();
  hideWhatFails();
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

// An age is counted on the browser's clock, which is not the product's: a date says the same to everybody.
const moment = new Intl.DateTimeFormat(`${language}-CA`, { dateStyle: 'medium', timeStyle: 'short' });
window.angular.module('angularMoment').config(['$provide', provide => provide.decorator('amTimeAgoDirective', ['$delegate', directives => {
  directives[0].compile = () => (scope, element, attributes) => {
    scope.$watch(attributes.amTimeAgo, time => element.text(time ? moment.format(new Date(time)) : ''));
  };
  return directives;
}])]);

// What is due soonest comes first, and of what is due at no time the oldest, unless somebody chooses another order; Tasklist would begin with what
// is newest.
const SOONEST_FIRST = '[{"sortBy":"dueDate","sortOrder":"asc"},{"sortBy":"created","sortOrder":"asc"}]';
function sortByDueDate() {
  const [path, query] = location.hash.split('?');
  const parameters = new URLSearchParams(query || '');
  if ((path === '' || path === '#/') && !parameters.has('sorting')) {
    parameters.set('sorting', SOONEST_FIRST);
    history.replaceState(history.state, '', `${location.pathname}${location.search}#/?${parameters}`);
  }
}
sortByDueDate();

// What somebody has filled in is not lost by a click beside it.
const TO_ANOTHER_TASK = 'li.task, [cam-tasklist-filters] .item, [cam-tasks] .pagination a';
const SURE = language === 'fr'
  ? 'Vous avez rempli ce formulaire sans l’envoyer. Quitter la tâche et perdre ce que vous y avez mis?'
  : 'You have filled in this form without sending it. Leave the task and lose what you entered?';
let filled = false;

// Who came from a case for this one task goes back there once it is done.
const cameFor = new URLSearchParams(location.search).get('from') === 'case' ? openTask() : null;
addEventListener('input', event => {
  filled = filled || event.isTrusted && event.target.closest('.fjs-form') !== null;
}, true);
function askBeforeLeaving(event) {
  const leads = event.target instanceof Element && event.target.closest(TO_ANOTHER_TASK);
  if (!filled || !leads || event.type === 'click' && leads.matches('.active')
      || event.type === 'keydown' && !['Enter', ' ', 'ArrowUp', 'ArrowDown'].includes(event.key)) {
    return;
  }
  if (confirm(SURE)) {
    filled = false;
  } else {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
addEventListener('click', askBeforeLeaving, true);
addEventListener('keydown', askBeforeLeaving, true);
addEventListener('beforeunload', event => {
  if (filled) {
    event.preventDefault();
  }
});

// A message that something failed goes once it has succeeded.
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (method, address, ...others) {
  if (method !== 'GET' && address.includes('/task/')) {
    this.addEventListener('load', () => {
      if (this.status < 400) {
        document.querySelectorAll('.page-notifications .alert-danger .close').forEach(close => close.click());
        const isDone = /\/(?:submit-form|complete)$/.test(address);
        filled = filled && !isDone;
        if (isDone && cameFor && address.includes(`/task/${cameFor}/`)) {
          location.assign(`/tasks/${cameFor}/case`);
        } else if (!isDone) {
          showActions();
        }
      }
    });
  }
  return open.call(this, method, address, ...others);
};

// From a task to its case; and a colleague's task to oneself.
const api = `${document.querySelector('base').getAttribute('app-root')}/api`;
const words = language === 'fr'
  ? { toCase: 'Page du dossier', takeOver: 'Reprendre la tâche', failed: 'Cela n’a pas fonctionné.' }
  : { toCase: 'Case page', takeOver: 'Take over the task', failed: 'That did not work.' };
const actions = document.createElement('span');
const toCase = document.createElement('a');
const takeOver = document.createElement('button');
actions.className = 'back-office-actions';
toCase.textContent = words.toCase;
takeOver.type = 'button';
takeOver.className = 'btn btn-link';
takeOver.textContent = words.takeOver;
actions.append(toCase, takeOver);

async function read(path) {
  const answer = await fetch(`${api}/${path}`, { headers: { Accept: 'application/json' } });
  return answer.ok ? answer.json() : null;
}
const me = read('admin/auth/user/default').then(user => user && user.userId);

function openTask() {
  return new URLSearchParams(location.hash.split('?')[1] || '').get('task');
}
async function showActions() {
  const id = openTask();
  takeOver.hidden = true;
  toCase.hidden = !id;
  if (!id) {
    return;
  }
  toCase.href = `/tasks/${encodeURIComponent(id)}/case`;
  const task = await read(`engine/engine/default/task/${id}`);
  const isWithAnother = task && task.assignee && task.assignee !== await me;
  const links = isWithAnother ? await read(`engine/engine/default/task/${id}/identity-links`) : [];
  if (id === openTask()) {
    takeOver.hidden = !(links || []).some(link => link.type === 'candidate');
  }
}
takeOver.addEventListener('click', async () => {
  const token = /(?:^|; )XSRF-TOKEN=([^;]+)/.exec(document.cookie);
  const answer = await fetch(`${api}/engine/engine/default/task/${openTask()}/assignee`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-XSRF-TOKEN': token ? token[1] : '' },
    body: JSON.stringify({ userId: await me })
  });
  if (answer.ok) {
    location.reload();
  } else {
    alert((await answer.json().catch(() => ({}))).message || words.failed);
  }
});
addEventListener('hashchange', showActions);
let last = null;
setInterval(() => {
  // Tasklist changes its address without saying so.
  if (last !== openTask()) {
    last = openTask();
    filled = false;
    showActions();
  }
}, 200);

export default [
  {
    id: 'start-page',
    pluginPoint: 'tasklist.navbar.action',
    priority: 1000,
    render: place => {
      const start = document.createElement('a');
      start.href = '/';
      start.textContent = language === 'fr' ? 'Accueil' : 'Start';
      place.append(start);
    }
  },
  {
    id: 'case-page',
    pluginPoint: 'tasklist.task.action',
    priority: 1000,
    render: place => place.append(actions)
  }
];
