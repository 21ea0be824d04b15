/**
 * Classes of the JDK that do not know that what they are given lives in another JVM: readers,
 * scanners, {@code Files.copy}, an executor. Run {@code EverydayServer}, then {@code
 * EverydayClient}.
 */
@NullMarked
package dev.farside.samples.everyday;

import org.jspecify.annotations.NullMarked;
