/**
 * The command line. Arguments of an operator enter; calls of the management API leave, and text or JSON for the terminal.
 */
@NullMarked
package dev.mehari.cli;

import org.jspecify.annotations.NullMarked;
