#!/usr/bin/env node

// Committed, unlike `dist`: npm links programs only if they exist when it installs.
import "../dist/scripts/main.js";
