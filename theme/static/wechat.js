// The edition for WeChat: copy the article as rich text, its styles included.
(function () {
  "use strict";
  var text = document.querySelector(".edition__text");
  var copy = document.querySelector(".edition__copy");
  var said = document.querySelector(".edition__said");
  if (!text || !copy || !said) return;
  // As it was built: enhancements.js may add buttons to tables and code at the first tap.
  var html = text.innerHTML;
  var plain = text.innerText;

  function select() {
    var range = document.createRange();
    range.selectNodeContents(text);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function tell(done) {
    said.textContent = done ? "已复制，到公众号后台粘贴" : "没能复制，正文已选中，请按Ctrl+C";
  }

  // The older way: the browser copies what is selected, we put our own HTML in its place.
  function byCommand() {
    function put(event) {
      event.clipboardData.setData("text/html", html);
      event.clipboardData.setData("text/plain", plain);
      event.preventDefault();
    }
    select();
    document.addEventListener("copy", put);
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    document.removeEventListener("copy", put);
    tell(done);
  }

  copy.addEventListener("click", function () {
    if (!window.ClipboardItem || !navigator.clipboard || !navigator.clipboard.write) return byCommand();
    var item = new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([plain], { type: "text/plain" })
    });
    navigator.clipboard.write([item]).then(function () { tell(true); }, byCommand);
  });
  copy.hidden = false;
})();
