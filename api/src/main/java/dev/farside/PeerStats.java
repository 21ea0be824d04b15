package dev.farside;

/**
 * A snapshot of one connection's tables and counters. The first three go back to zero when nothing
 * is going on and nothing is held; the others only grow.
 *
 * @param exports our objects that the peer holds
 * @param imports the peer's objects that we hold
 * @param pendingCalls calls and streams of ours that have not ended
 * @param requestsSent calls, stream subscriptions and control messages that we sent
 * @param requestsReceived calls, stream subscriptions and control messages that we received
 * @param bytesSent headers and bodies of all our messages, in bytes, without the transport's
 *     framing
 * @param bytesReceived the same of the peer's messages
 */
public record PeerStats(
    int exports,
    int imports,
    int pendingCalls,
    long requestsSent,
    long requestsReceived,
    long bytesSent,
    long bytesReceived) {}
