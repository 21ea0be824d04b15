/**
 * The binding of Farside to RSocket, behind {@link dev.farside.Farside#builder()}.
 *
 * <p>A call goes {@code stand-in → FaceMethod → Invocation → Marshaller → Link} on the caller's
 * side and {@code RSocketResponder → Dispatcher → ExportTable → ExportedMethod → Outcome} on the
 * callee's. {@link dev.farside.rsocket.Session} holds what belongs to one connection, {@link
 * dev.farside.rsocket.Side} what belongs to one JVM side. Only the classes named {@code RSocket…}
 * and {@link dev.farside.rsocket.Payloads} know RSocket.
 */
@NullMarked
package dev.farside.rsocket;

import org.jspecify.annotations.NullMarked;
