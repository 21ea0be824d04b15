package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/** For messages that cannot hold references. */
enum NoReferences implements ReferenceSink, ReferenceSource {
  INSTANCE;

  @Override
  public int reference(Object object) {
    throw new PassingFailure("no references can be passed here");
  }

  @Override
  public int identity(Throwable throwable) {
    throw new PassingFailure("no references can be passed here");
  }

  @Override
  public int count() {
    return 0;
  }

  @Override
  public void truncate(int count) {}

  @Override
  public boolean wantsReference(Object value) {
    return false;
  }

  @Override
  public Object resolve(int index, Class<?> expected) {
    throw new PassingFailure("no references can be received here");
  }

  @Override
  public @Nullable Throwable ownThrowable(int index) {
    return null;
  }

  @Override
  public void adoptThrowable(int index, Throwable copy) {}
}
