package dev.farside.codec;

/**
 * The identity of a logical thread: one chain of nested calls and callbacks across sides.
 *
 * @param origin random number of the side on which it began
 * @param number of the chain at that side
 */
public record Chain(long origin, long number) {}
