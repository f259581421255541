'use strict';
// The part of Electron that electron-updater uses when the app and the network are passed in.
module.exports = { autoUpdater: { emit: () => true } };
