#!/usr/bin/env node
// A file of its own, since package managers link the command before there is a build.
import "../dist/bin.js";
