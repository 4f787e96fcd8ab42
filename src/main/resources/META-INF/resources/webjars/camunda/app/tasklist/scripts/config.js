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
      description: language === 'fr' ? 'Prendre la tâche choisie' : 'Claim the selected task'
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: language === 'fr' ? 'Aller au premier filtre' : 'Go to the first filter'
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: language === 'fr' ? 'Aller à la première tâche' : 'Go to the first task'
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: language === 'fr' ? 'Aller au premier champ du formulaire' : 'Go to the first field of the form'
    }
  }
};
