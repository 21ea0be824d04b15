/**
 * Callbacks: clients hand in a listener, the server calls it. {@link
 * dev.farside.samples.chat.ChatServer} and {@link dev.farside.samples.chat.ChatClient} are its
 * roles.
 */
@NullMarked
package dev.farside.samples.chat;

import org.jspecify.annotations.NullMarked;
