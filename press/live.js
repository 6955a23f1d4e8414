// Reloads the page after each build and shows what was wrong with a failed one. Preview only.
const shown = Number(document.currentScript.src.split("?")[1]);
const box = document.createElement("pre");
box.setAttribute("role", "alert");
box.style.cssText =
  "position:fixed;inset:auto 0 0 0;z-index:9999;margin:0;padding:12px 16px;max-height:50vh;overflow:auto;" +
  "background:#fff;color:#c8102e;border-top:2px solid;font:14px/1.6 monospace;white-space:pre-wrap";

new EventSource("/__live").onmessage = (event) => {
  const { build, error } = JSON.parse(event.data);
  if (error) {
    box.textContent = error;
    document.body.append(box);
  } else if (build !== shown) {
    location.reload();
  } else {
    box.remove();
  }
};
