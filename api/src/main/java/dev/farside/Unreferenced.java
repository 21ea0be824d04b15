package dev.farside;

/**
 * Implemented by an object that wants to know when no peer holds a reference to it any more,
 * because they let it go or because they died.
 */
public interface Unreferenced {
  /**
   * Called on a worker thread, once each time the last reference of all peers has gone. The object
   * may be passed again afterwards. An exception is logged.
   */
  void onUnreferenced();
}
