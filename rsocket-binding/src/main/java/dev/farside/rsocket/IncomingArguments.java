package dev.farside.rsocket;

import dev.farside.NotPassableException;
import dev.farside.codec.BodyReader;
import dev.farside.codec.CallOptions;
import dev.farside.codec.Message;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The arguments of a call that came in. */
final class IncomingArguments {
  private final Session session;
  private final Incoming incoming;
  private final Message.Call call;

  /** None, if the method is yet to be found by its name. */
  private final Class<?>[] parameterTypes;

  private ChangedArrays arrays = ChangedArrays.NONE;

  IncomingArguments(
      Session session, Incoming incoming, Message.Call call, Class<?>[] parameterTypes) {
    this.session = session;
    this.incoming = incoming;
    this.call = call;
    this.parameterTypes = parameterTypes;
  }

  /**
   * What the caller gave.
   *
   * @param input the frames of the publisher argument, if there is one
   */
  @Nullable Object[] decode(@Nullable Flux<Frame> input) {
    try (BodyReader body = session.marshaller().read(incoming)) {
      @Nullable Object[] arguments = new Object[body.begin()];
      for (int i = 0; i < arguments.length; i++) {
        @Nullable Object argument = body.value("args[" + i + "]", parameterType(i));
        boolean follows = i == call.options().channelArgument() && argument != null;
        arguments[i] = follows && input != null ? items(input, parameterType(i)) : argument;
      }
      if (call.options().has(CallOptions.RESTORE_ARRAYS)) {
        arrays = ChangedArrays.watch(PassedArrays.of(Arrays.asList(arguments), body.arrays()));
      }
      body.finish();
      return arguments;
    }
  }

  private Class<?> parameterType(int index) {
    return index < parameterTypes.length ? parameterTypes[index] : Object.class;
  }

  private Publisher<Object> items(Flux<Frame> frames, Class<?> wanted) {
    var items =
        new IncomingItems(
            session,
            frames,
            new StreamOrigin("the publisher argument of " + session, incoming),
            () -> session.cancel(call.id(), true),
            () -> {});
    return wanted == Mono.class ? items.singleOrEmpty() : items;
  }

  /** Fits them to the parameters of the method that was found for them. */
  static void convert(Overloads.Choice choice) {
    Class<?>[] types = choice.method().parameterTypes();
    @Nullable Object[] arguments = choice.arguments();
    if (arguments.length != types.length) {
      throw new NotPassableException(
          choice.method().signature() + " was called with " + arguments.length + " arguments");
    }
    for (int i = 0; i < types.length; i++) {
      arguments[i] = Conversions.argument("args[" + i + "]", arguments[i], types[i]);
    }
  }

  /** What the changed arrays are to be written with, once they are decoded. */
  ChangedArrays arrays() {
    return arrays;
  }
}
