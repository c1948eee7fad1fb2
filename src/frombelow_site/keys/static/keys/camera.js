// A QR code before the camera. Where the browser reads none itself, a program of others does; it comes when needed.
const PAUSE = 150; // milliseconds between two looks

/** The text of the first code that the camera sees and that `good` takes; null once `stop` was called. Rejects where
 * there is no camera, or it may not be used. The pictures stay in this page. */
export function film(video, good) {
  let stream = null;
  let over = false;
  const stop = () => {
    over = true;
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    video.hidden = true;
  };
  const found = (async () => {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (over) return stop();
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const look = await reader();
    while (!over) {
      const text = await look(video).catch(() => null);
      if (text && good(text)) return text;
      await new Promise((then) => setTimeout(then, PAUSE));
    }
    return null;
  })().finally(stop);
  return { found, stop };
}

/** What finds a code in a picture of the camera, and its text; null or an error where there is none. */
async function reader() {
  const kinds = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (kinds?.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { default: decode } = await import("../ui/vendored/qr/decode.js");
  const canvas = document.createElement("canvas");
  const drawn = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    drawn.drawImage(video, 0, 0);
    return decode(drawn.getImageData(0, 0, canvas.width, canvas.height));
  };
}
