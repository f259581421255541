'use strict';
// All that electron-updater asks of Electron where the app and the network are passed in.
module.exports = { autoUpdater: { emit: () => true } };
