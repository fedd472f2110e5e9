// Pages work without this file; it only adds.
(() => {
  'use strict';

  document.addEventListener('DOMContentLoaded', () => {
    if (window.DKFDS) window.DKFDS.init();
    document.querySelectorAll('[data-print]').forEach((button) => {
      button.hidden = false;
      button.addEventListener('click', () => window.print());
    });
  });
})();
