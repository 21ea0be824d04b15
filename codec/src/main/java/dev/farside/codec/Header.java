package dev.farside.codec;

import java.util.List;

/**
 * A message with its reference table: the metadata of one frame.
 *
 * @param message what it is
 * @param references the entries that the body points to by their index
 */
public record Header(Message message, List<Reference> references) {
  /** A message whose body, if any, refers to nothing. */
  public static Header of(Message message) {
    return new Header(message, List.of());
  }

  /** The bytes of this header. */
  public byte[] toBytes() {
    var out = new HeaderOutput();
    Messages.write(message, out);
    References.write(references, out);
    return out.toByteArray();
  }

  /**
   * The header in these bytes.
   *
   * @throws dev.farside.ProtocolException if they are none
   */
  public static Header parse(byte[] bytes, Limits limits) {
    var in = new HeaderInput(bytes);
    Message message = Messages.read(in);
    List<Reference> references = References.read(in, limits);
    in.end();
    return new Header(message, references);
  }
}
