package dev.farside.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reference table as bytes. */
final class References {
  private static final int SENT = 0;
  private static final int SENT_WITH_SHAPE = 1;
  private static final int HOME = 2;
  private static final int HOME_ROOT = 3;

  private static final int OWN_EQUALS = 1;
  private static final int OWN_TO_STRING = 2;
  private static final int MAX_TYPES = 1024;

  private References() {}

  static void write(List<Reference> references, HeaderOutput out) {
    out.varint(references.size());
    for (Reference reference : references) {
      write(reference, out);
    }
  }

  static List<Reference> read(HeaderInput in, Limits limits) {
    int count = in.count(limits.references(), "the number of references");
    if (count == 0) {
      return List.of();
    }
    var references = new ArrayList<Reference>(Math.min(count, in.remaining()));
    for (int i = 0; i < count; i++) {
      references.add(read(in));
    }
    return references;
  }

  private static void write(Reference reference, HeaderOutput out) {
    if (reference instanceof Reference.Sent sent) {
      @Nullable Shape shape = sent.shape();
      out.u8(shape == null ? SENT : SENT_WITH_SHAPE);
      out.varint(sent.id());
      out.varint(sent.shapeNumber());
      if (shape != null) {
        write(shape, out);
      }
    } else if (reference instanceof Reference.Home home) {
      out.u8(HOME);
      out.varint(home.id());
    } else if (reference instanceof Reference.HomeRoot root) {
      out.u8(HOME_ROOT);
      out.text(root.name());
    }
  }

  private static Reference read(HeaderInput in) {
    int tag = in.u8();
    return switch (tag) {
      case SENT -> new Reference.Sent(in.varint(), shapeNumber(in), null);
      case SENT_WITH_SHAPE -> new Reference.Sent(in.varint(), shapeNumber(in), shape(in));
      case HOME -> new Reference.Home(in.varint());
      case HOME_ROOT -> new Reference.HomeRoot(in.text());
      default -> throw in.malformed("unknown kind of reference " + tag);
    };
  }

  private static int shapeNumber(HeaderInput in) {
    return in.count(Integer.MAX_VALUE, "the number of a shape");
  }

  private static void write(Shape shape, HeaderOutput out) {
    out.u8(shape.kind().number());
    out.u8((shape.ownEquals() ? OWN_EQUALS : 0) | (shape.ownToString() ? OWN_TO_STRING : 0));
    out.varint(shape.typeNames().size());
    shape.typeNames().forEach(out::text);
  }

  private static Shape shape(HeaderInput in) {
    Shape.Kind kind = kind(in);
    int flags = in.u8();
    int count = in.count(MAX_TYPES, "the number of types of a shape");
    var types = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      types.add(in.text());
    }
    return new Shape(kind, types, (flags & OWN_EQUALS) != 0, (flags & OWN_TO_STRING) != 0);
  }

  private static Shape.Kind kind(HeaderInput in) {
    int number = in.u8();
    for (Shape.Kind kind : Shape.Kind.values()) {
      if (kind.number() == number) {
        return kind;
      }
    }
    throw in.malformed("unknown kind of shape " + number);
  }
}
