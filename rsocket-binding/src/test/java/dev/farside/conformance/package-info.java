/**
 * What a user may try on an object, and what must come of it wherever the object lives. Each test
 * runs on plain local objects first, which shows that it asks for what Java does and not for what
 * Farside does, and then on objects of another JVM, over each transport and whichever side
 * connected. {@code docs/transparency.md} has a row for each.
 */
package dev.farside.conformance;
