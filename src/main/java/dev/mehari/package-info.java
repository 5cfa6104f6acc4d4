/** The start: writes the shipped files where they are missing, then lets Spring put the rooms together. */
@NullMarked
package dev.mehari;

import org.jspecify.annotations.NullMarked;
