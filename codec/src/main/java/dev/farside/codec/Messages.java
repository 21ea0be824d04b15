package dev.farside.codec;

import dev.farside.codec.Message.Call;
import dev.farside.codec.Message.Cancel;
import dev.farside.codec.Message.ChainsEnded;
import dev.farside.codec.Message.Hello;
import dev.farside.codec.Message.Items;
import dev.farside.codec.Message.KnowsShapes;
import dev.farside.codec.Message.Opened;
import dev.farside.codec.Message.Release;
import dev.farside.codec.Message.Returned;
import dev.farside.codec.Message.Subscribe;
import dev.farside.codec.Message.Thrown;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as bytes. */
final class Messages {
  private static final int HELLO = 0x46; // 'F': a greeting begins with the protocol's magic
  private static final int CALL = 1;
  private static final int SUBSCRIBE = 2;
  private static final int RETURNED = 3;
  private static final int THROWN = 4;
  private static final int ITEMS = 5;
  private static final int OPENED = 6;
  private static final int CANCEL = 7;
  private static final int RELEASE = 8;
  private static final int KNOWS_SHAPES = 9;
  private static final int CHAINS_ENDED = 10;

  private static final String MAGIC = "ARSIDE";

  private static final int EXPORT = 0;
  private static final int ROOT = 1;
  private static final int STATICS = 2;

  private static final int BY_HASH = 0;
  private static final int BY_NAME = 1;

  private static final int CHAIN = 1;
  private static final int DEADLINE = 2;
  private static final int DURING = 3;
  private static final int CONTEXT = 4;
  private static final int MDC = 5;

  private static final int MAX_COUNT = 1 << 20;
  private static final int MAX_EXTENSIONS = 64;

  private Messages() {}

  static void write(Message message, HeaderOutput out) {
    if (message instanceof Call call) {
      writeCall(call, out);
    } else if (message instanceof Subscribe subscribe) {
      out.u8(SUBSCRIBE);
      out.varint(subscribe.id());
      writeTarget(subscribe.target(), out);
    } else if (message instanceof Returned) {
      out.u8(RETURNED);
    } else if (message instanceof Thrown) {
      out.u8(THROWN);
    } else if (message instanceof Items) {
      out.u8(ITEMS);
    } else if (message instanceof Opened) {
      out.u8(OPENED);
    } else if (message instanceof Cancel cancel) {
      out.u8(CANCEL);
      out.varint(cancel.id());
      out.u8(cancel.input() ? 1 : 0);
    } else if (message instanceof Release release) {
      writeRelease(release, out);
    } else if (message instanceof KnowsShapes knows) {
      out.u8(KNOWS_SHAPES);
      out.varint(knows.numbers().size());
      knows.numbers().forEach(out::varint);
    } else if (message instanceof ChainsEnded ended) {
      writeChainsEnded(ended, out);
    } else if (message instanceof Hello hello) {
      writeHello(hello, out);
    }
  }

  static Message read(HeaderInput in) {
    int kind = in.u8();
    return switch (kind) {
      case HELLO -> readHello(in);
      case CALL -> readCall(in);
      case SUBSCRIBE -> new Subscribe(in.varint(), readTarget(in));
      case RETURNED -> new Returned();
      case THROWN -> new Thrown();
      case ITEMS -> new Items();
      case OPENED -> new Opened();
      case CANCEL -> new Cancel(in.varint(), in.u8() != 0);
      case RELEASE -> readRelease(in);
      case KNOWS_SHAPES -> readKnowsShapes(in);
      case CHAINS_ENDED -> readChainsEnded(in);
      default -> throw in.malformed("unknown kind of message " + kind);
    };
  }

  private static void writeHello(Hello hello, HeaderOutput out) {
    out.u8(HELLO);
    MAGIC.chars().forEach(out::u8);
    out.varint(hello.minVersion());
    out.varint(hello.maxVersion());
    out.varint(hello.limits().messageSize());
    out.varint(hello.limits().depth());
    out.varint(hello.limits().references());
  }

  private static Hello readHello(HeaderInput in) {
    for (int i = 0; i < MAGIC.length(); i++) {
      if (in.u8() != MAGIC.charAt(i)) {
        throw in.malformed("the greeting does not begin with FARSIDE");
      }
    }
    int minVersion = in.count(Integer.MAX_VALUE, "the lowest version");
    int maxVersion = in.count(Integer.MAX_VALUE, "the highest version");
    int messageSize = in.count(Integer.MAX_VALUE, "the message size");
    int depth = in.count(Integer.MAX_VALUE, "the depth");
    int references = in.count(Integer.MAX_VALUE, "the number of references");
    return new Hello(minVersion, maxVersion, new Limits(messageSize, depth, references));
  }

  private static void writeCall(Call call, HeaderOutput out) {
    out.u8(CALL);
    out.varint(call.id());
    writeTarget(call.target(), out);
    if (call.method() instanceof MethodKey.Hash hash) {
      out.u8(BY_HASH);
      out.fixed64(hash.value());
    } else if (call.method() instanceof MethodKey.Name name) {
      out.u8(BY_NAME);
      out.text(name.value());
    }
    out.varint(call.options().bits());
    writeExtensions(call, out);
  }

  private static Call readCall(HeaderInput in) {
    long id = in.varint();
    Target target = readTarget(in);
    int keyed = in.u8();
    MethodKey method =
        switch (keyed) {
          case BY_HASH -> new MethodKey.Hash(in.fixed64());
          case BY_NAME -> new MethodKey.Name(in.text());
          default -> throw in.malformed("unknown kind of method key " + keyed);
        };
    var options = new CallOptions(in.count(Integer.MAX_VALUE, "the options"));
    @Nullable Chain chain = null;
    long remainingMillis = 0;
    long during = 0;
    Map<String, String> context = Map.of();
    Map<String, String> mdc = Map.of();
    int extensions = in.count(MAX_EXTENSIONS, "the number of extensions");
    for (int i = 0; i < extensions; i++) {
      int tag = in.u8();
      int length = in.length("the length of an extension");
      int before = in.remaining();
      switch (tag) {
        case CHAIN -> chain = readChain(in);
        case DEADLINE -> remainingMillis = in.varint();
        case DURING -> during = in.varint();
        case CONTEXT -> context = BaggageFormat.read(in, length);
        case MDC -> mdc = BaggageFormat.read(in, length);
        default -> in.skip(length);
      }
      if (before - in.remaining() != length) {
        throw in.malformed("extension " + tag + " is not " + length + " bytes long");
      }
    }
    Baggage baggage = Baggage.of(context, mdc);
    return new Call(id, target, method, options, chain, remainingMillis, during, baggage);
  }

  private static void writeExtensions(Call call, HeaderOutput out) {
    @Nullable Chain chain = call.chain();
    Baggage baggage = call.baggage();
    out.varint(
        (chain == null ? 0 : 1)
            + (call.remainingMillis() == 0 ? 0 : 1)
            + (call.during() == 0 ? 0 : 1)
            + (baggage.context().isEmpty() ? 0 : 1)
            + (baggage.mdc().isEmpty() ? 0 : 1));
    if (chain != null) {
      out.u8(CHAIN);
      out.varint(Long.BYTES + HeaderOutput.varintSize(chain.number()));
      writeChain(chain, out);
    }
    writeExtension(DEADLINE, call.remainingMillis(), out);
    writeExtension(DURING, call.during(), out);
    writeExtension(CONTEXT, baggage.context(), out);
    writeExtension(MDC, baggage.mdc(), out);
  }

  /** An extension that is one number; zero means that it is not there. */
  private static void writeExtension(int tag, long number, HeaderOutput out) {
    if (number != 0) {
      out.u8(tag);
      out.varint(HeaderOutput.varintSize(number));
      out.varint(number);
    }
  }

  private static void writeExtension(int tag, Map<String, String> entries, HeaderOutput out) {
    if (!entries.isEmpty()) {
      out.u8(tag);
      out.bytes(BaggageFormat.bytes(entries));
    }
  }

  private static void writeTarget(Target target, HeaderOutput out) {
    if (target instanceof Target.Export export) {
      out.u8(EXPORT);
      out.varint(export.id());
    } else if (target instanceof Target.Root root) {
      out.u8(ROOT);
      out.text(root.name());
    } else if (target instanceof Target.Statics statics) {
      out.u8(STATICS);
      out.text(statics.className());
    }
  }

  private static Target readTarget(HeaderInput in) {
    int tag = in.u8();
    return switch (tag) {
      case EXPORT -> new Target.Export(in.varint());
      case ROOT -> new Target.Root(in.text());
      case STATICS -> new Target.Statics(in.text());
      default -> throw in.malformed("unknown kind of target " + tag);
    };
  }

  private static void writeRelease(Release release, HeaderOutput out) {
    out.u8(RELEASE);
    out.varint(release.counts().size());
    for (Release.Count count : release.counts()) {
      out.varint(count.id());
      out.varint(count.received());
    }
  }

  private static Release readRelease(HeaderInput in) {
    int size = in.count(MAX_COUNT, "the number of releases");
    var counts = new ArrayList<Release.Count>(Math.min(size, in.remaining()));
    for (int i = 0; i < size; i++) {
      counts.add(new Release.Count(in.varint(), in.varint()));
    }
    return new Release(counts);
  }

  private static void writeChainsEnded(ChainsEnded ended, HeaderOutput out) {
    out.u8(CHAINS_ENDED);
    out.varint(ended.chains().size());
    ended.chains().forEach(chain -> writeChain(chain, out));
  }

  private static ChainsEnded readChainsEnded(HeaderInput in) {
    int size = in.count(MAX_COUNT, "the number of chains");
    var chains = new ArrayList<Chain>(Math.min(size, in.remaining()));
    for (int i = 0; i < size; i++) {
      chains.add(readChain(in));
    }
    return new ChainsEnded(chains);
  }

  private static void writeChain(Chain chain, HeaderOutput out) {
    out.fixed64(chain.origin());
    out.varint(chain.number());
  }

  private static Chain readChain(HeaderInput in) {
    return new Chain(in.fixed64(), in.varint());
  }

  private static KnowsShapes readKnowsShapes(HeaderInput in) {
    int size = in.count(MAX_COUNT, "the number of shapes");
    var numbers = new ArrayList<Integer>(Math.min(size, in.remaining()));
    for (int i = 0; i < size; i++) {
      numbers.add(in.count(Integer.MAX_VALUE, "the number of a shape"));
    }
    return new KnowsShapes(numbers);
  }
}
