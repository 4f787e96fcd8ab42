// The language chosen on our own pages; before a choice, the browser's.
const chosen = /(?:^|; )lang="?(fr|en)/.exec(document.cookie);
const language = chosen ? chosen[1] : (navigator.languages[0] || navigator.language).startsWith('fr') ? 'fr' : 'en';

export default {
  app: language === 'fr'
    ? { vendor: 'Prise en charge', name: 'de la facturation' }
    : { vendor: 'Billing', name: 'take-over' },

  // One language only: with two, Tasklist writes its dates in the one whose file happens to arrive last.
  locales: {
    availableLocales: [language],
    fallbackLocale: language
  },

  customScripts: ['scripts/back-office'],
  disableWelcomeMessage: true,

  shortcuts: {
    claimTask: {
      key: 'ctrl+alt+c',
      description: 'claims the currently selected task'
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: 'set the focus to the first filter in the list'
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: 'sets the focus to the first task in the list'
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: 'sets the focus to the first input field in a task form'
    },
    startProcess: {
      key: 'ctrl+alt+p',
      description: 'opens the start process modal dialog'
    }
  }
};
