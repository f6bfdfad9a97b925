// Whoever leaves the console leaves on this phone no photo that was only chosen. What was saved and
// waits for a line stays: it is still to be sent.
"use strict";

indexedDB.deleteDatabase("terreno_fotos");
