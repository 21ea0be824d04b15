package dev.farside.rsocket;

/**
 * Where a stream comes from.
 *
 * @param text how stack traces name it
 * @param kept what must stay reachable while the stream goes on
 */
record StreamOrigin(String text, Object kept) {}
