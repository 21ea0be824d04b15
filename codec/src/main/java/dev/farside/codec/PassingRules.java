package dev.farside.codec;

import dev.farside.ByReference;
import dev.farside.ByValue;
import dev.farside.Exposure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides how an object travels, by its class: immutable things are copied, mutable things are
 * referenced, and marks override. The one place that knows; docs/passing.md is its table in words.
 * Thread-safe.
 */
public final class PassingRules {
  private final Set<Class<?>> valueTypes;
  private final Exposure exposure;

  private final ClassValue<Passing> decided =
      new ClassValue<>() {
        @Override
        protected Passing computeValue(Class<?> type) {
          return decide(type);
        }
      };

  /**
   * Rules of one side.
   *
   * @param valueTypes classes to be copied field by field
   */
  public PassingRules(Set<Class<?>> valueTypes) {
    this(valueTypes, Exposure.PUBLIC);
  }

  /**
   * Rules of one side.
   *
   * @param valueTypes classes to be copied field by field
   * @param exposure what may be called of the others
   */
  public PassingRules(Set<Class<?>> valueTypes, Exposure exposure) {
    this.valueTypes = Set.copyOf(valueTypes);
    this.exposure = exposure;
  }

  /** One sentence that says how instances of a class travel, and why. */
  public String explain(Class<?> type) {
    Passing passing = of(type);
    String how =
        switch (passing.how()) {
          case VALUE -> " is copied: ";
          case DATA -> " is copied where the caller is reactive, else passed by reference: ";
          case REFERENCE -> " is passed by reference: ";
          case OPAQUE -> " is passed as an opaque handle: ";
        };
    return type.getName() + how + passing.why();
  }

  /** Whether instances of a class are copied, at least where collections are data. */
  public boolean mayCopy(Class<?> type) {
    return Scalars.TYPES.contains(type) || of(type).how().mayCopy();
  }

  /** Whether instances of a class are copied, whoever asks for them. */
  public boolean isValue(Class<?> type) {
    return Scalars.TYPES.contains(type) || of(type).how() == Passing.How.VALUE;
  }

  /** What is told with a reference to an instance of a class. */
  Descriptions descriptions(Class<?> type) {
    return Descriptions.of(type, exposure);
  }

  Passing of(Class<?> type) {
    return decided.get(type);
  }

  boolean isMarkedByValue(Class<?> type) {
    return valueTypes.contains(type) || type.isAnnotationPresent(ByValue.class);
  }

  private Passing decide(Class<?> type) {
    if (type.isAnnotationPresent(ByReference.class) && !Throwable.class.isAssignableFrom(type)) {
      return Passing.reference("it is marked @ByReference");
    }
    for (ValueFamily family : ValueFamilies.ordered()) {
      @Nullable Encoder<?> encoder = family.encoderFor(type);
      if (encoder != null) {
        return value(family, encoder, type);
      }
    }
    if (isMarkedByValue(type)) {
      ValueFamily fields = ValueFamilies.FIELDS;
      return value(fields, ValueFamilies.FIELDS.encoderFor(type), type);
    }
    return referenced(type);
  }

  @SuppressWarnings("unchecked") // a family's encoder takes the class it was asked for
  private Passing value(ValueFamily family, Encoder<?> encoder, Class<?> type) {
    boolean data = family.data() && !isMarkedByValue(type);
    return new Passing(
        data ? Passing.How.DATA : Passing.How.VALUE, (Encoder<Object>) encoder, family.why());
  }

  private Passing referenced(Class<?> type) {
    if (PublicTypes.isDenied(type)) {
      return Passing.opaque("it is power over the virtual machine, which no peer may call");
    }
    if (PublicTypes.of(type).isEmpty()) {
      return Passing.opaque("it has no public type through which it could be called");
    }
    if (PublicTypes.of(type, exposure).isEmpty()) {
      return Passing.opaque("it has no type that is marked @Remotable, which this side asks for");
    }
    return Passing.reference(
        RecordFamily.isOnlyCallable(type)
            ? "it is a record of a package that is not open to Farside"
            : "it may change");
  }
}
