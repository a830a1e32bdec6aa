// The browser comes from @sparticuz/chromium or from CHROMIUM_PATH; puppeteer's own download cannot run behind a closed network.
module.exports = { skipDownload: true };
