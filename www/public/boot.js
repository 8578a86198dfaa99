// Says why the page stays empty, if it does: a script that cannot be loaded, or a policy of the host that forbids what the page needs.
// It is a script of its own, so that it runs where the others do not.
(function () {
  var blocked = "";
  function show(text) {
    var line = document.getElementById("boot");
    if (!line || document.documentElement.dataset.started) return;
    line.textContent = text;
    line.hidden = false;
  }
  document.addEventListener("securitypolicyviolation", function (event) {
    blocked = event.effectiveDirective;
    if (event.effectiveDirective.indexOf("script-src") === 0) {
      show(
        "The Content-Security-Policy of this host forbids the page's own scripts (" +
          blocked +
          "): it has to allow 'self' and 'wasm-unsafe-eval'.",
      );
    }
  });
  window.addEventListener(
    "error",
    function (event) {
      if (event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement) {
        show(
          "A part of this page did not load: " +
            (event.target.src || event.target.href) +
            ". Reload it; if that does not help, the host lacks a file of the page.",
        );
      } else if (event.message) {
        show("The page could not start: " + event.message);
      }
    },
    true,
  );
  window.addEventListener("load", function () {
    setTimeout(function () {
      show(
        "The page's script did not start" +
          (blocked ? " (the host's policy forbids " + blocked + ")" : "") +
          ". Reload it; the browser may also be too old for it.",
      );
    }, 4000);
  });
})();
