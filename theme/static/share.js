// The page for sharing: copy the address, or hand it to the system's own menu. Without it the address is there to select.
(function () {
  "use strict";
  var address = document.querySelector(".sharing__address");
  var copy = document.querySelector(".sharing__copy");
  var system = document.querySelector(".sharing__system");
  var said = document.querySelector(".sharing__said");
  if (!address || !copy || !system || !said) return;

  function select() {
    var range = document.createRange();
    range.selectNodeContents(address);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function tell(done) {
    if (!done) select();
    said.textContent = done ? "已复制" : "没能复制，网址已选中，请长按复制";
  }

  copy.addEventListener("click", function () {
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(address.textContent).then(
        function () { tell(true); },
        function () { tell(false); }
      );
      return;
    }
    select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    tell(done);
  });
  copy.hidden = false;

  if (navigator.share) {
    system.addEventListener("click", function () {
      navigator.share({ title: system.getAttribute("data-title"), url: address.textContent })["catch"](function () {});
    });
    system.hidden = false;
  }
})();
