package dev.farside.codec;

import java.util.List;
import java.util.Locale;

/** Locales as a language tag or, for the few that have none, by language, country and variant. */
final class LocaleParts {
  private LocaleParts() {}

  static List<Object> of(Locale locale) {
    String tag = locale.toLanguageTag();
    return Locale.forLanguageTag(tag).equals(locale)
        ? List.of(tag)
        : List.of(locale.getLanguage(), locale.getCountry(), locale.getVariant());
  }

  static Locale toLocale(AtomParts parts) {
    String first = parts.text();
    return parts.isEmpty()
        ? Locale.forLanguageTag(first)
        : new Locale(first, parts.text(), parts.text());
  }
}
