package dev.farside.codec;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Internet addresses as their bytes, the name that came with them (empty if none did), and the
 * scope if there is one. No name is ever looked up, on either side.
 */
final class AddressParts {
  private static final int NO_SCOPE = -1;

  private AddressParts() {}

  static List<Object> of(InetAddress address) {
    var parts = new ArrayList<Object>(List.of(address.getAddress(), name(address)));
    if (address instanceof Inet6Address six && six.getHostAddress().indexOf('%') >= 0) {
      parts.add(six.getScopeId());
    }
    return parts;
  }

  /** {@code getHostName} would ask for a name where none is known; {@code toString} does not. */
  private static String name(InetAddress address) {
    String text = address.toString();
    return text.substring(0, text.length() - address.getHostAddress().length() - 1);
  }

  static Inet4Address toAddress4(AtomParts parts) throws UnknownHostException {
    byte[] bytes = parts.bytes();
    return (Inet4Address) InetAddress.getByAddress(parts.optionalText(), bytes);
  }

  static Inet6Address toAddress6(AtomParts parts) throws UnknownHostException {
    byte[] bytes = parts.bytes();
    @Nullable String name = parts.optionalText();
    return Inet6Address.getByAddress(name, bytes, parts.isEmpty() ? NO_SCOPE : parts.integer());
  }

  /** An address, or the name of a host whose address is not known, and the port. */
  static List<Object> of(InetSocketAddress address) {
    return List.of(
        address.isUnresolved() ? address.getHostString() : address.getAddress(), address.getPort());
  }

  static InetSocketAddress toSocketAddress(AtomParts parts) {
    Object host = parts.as(Object.class);
    return host instanceof String name
        ? InetSocketAddress.createUnresolved(name, parts.integer())
        : new InetSocketAddress((InetAddress) host, parts.integer());
  }
}
