/**
 * The streaming file reader: {@link dev.farside.samples.files.Main} is its command line, {@link
 * dev.farside.samples.files.RemoteDirectory} what travels.
 */
@NullMarked
package dev.farside.samples.files;

import org.jspecify.annotations.NullMarked;
