package dev.farside.codec;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.farside", importOptions = DoNotIncludeTests.class)
class CodecArchitectureTest {
  @ArchTest
  static final ArchRule theCodecNeedsTheApiAndMessagePackOnly =
      classes()
          .that()
          .resideInAPackage("dev.farside.codec..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.farside",
              "dev.farside.spi",
              "dev.farside.codec",
              "org.msgpack..",
              "org.jspecify..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule messagePackIsKnownHereOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.farside.codec..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.msgpack..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule theRuleAboveIsNotVacuous =
      classes()
          .that()
          .haveSimpleName("PartReader")
          .or()
          .haveSimpleName("PartWriter")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.msgpack..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule valueFamiliesArePrivateToTheCodec =
      classes()
          .that()
          .implement(ValueFamily.class)
          .should()
          .bePackagePrivate()
          .allowEmptyShould(false);
}
