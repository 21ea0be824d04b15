/**
 * Collections, objects and functions that live elsewhere. {@link
 * dev.farside.samples.collections.WorkshopServer} and {@link
 * dev.farside.samples.collections.WorkshopClient} are its roles.
 */
@NullMarked
package dev.farside.samples.collections;

import org.jspecify.annotations.NullMarked;
