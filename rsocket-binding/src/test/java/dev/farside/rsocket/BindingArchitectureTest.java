package dev.farside.rsocket;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "dev.farside", importOptions = DoNotIncludeTests.class)
class BindingArchitectureTest {
  private static final DescribedPredicate<JavaClass> KNOW_RSOCKET =
      describe(
          "are named RSocket… or Payloads",
          type -> outermost(type).startsWith("RSocket") || outermost(type).equals("Payloads"));

  private static final DescribedPredicate<JavaClass> IN_BINDING =
      describe("are in the binding", type -> type.getPackageName().equals("dev.farside.rsocket"));

  @ArchTest
  static final ArchRule onlyRSocketClassesKnowRSocketAndNetty =
      noClasses()
          .that(DescribedPredicate.not(KNOW_RSOCKET))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.rsocket..", "io.netty..", "reactor.netty..");

  @ArchTest
  static final ArchRule someClassesKnowRSocket =
      classes()
          .that()
          .haveSimpleName("RSocketLink")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.rsocket..");

  @ArchTest
  static final ArchRule oneClassKnowsAsm =
      noClasses()
          .that(IN_BINDING)
          .and()
          .doNotHaveSimpleName("StandInBytes")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.objectweb.asm..");

  @ArchTest
  static final ArchRule oneClassKnowsTheLibraryThatMayBeMissing =
      noClasses()
          .that()
          .doNotHaveSimpleName("RegisteredThreadLocals")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule thatClassKnowsIt =
      classes()
          .that()
          .haveSimpleName("RegisteredThreadLocals")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule theBindingLeavesMessagePackToTheCodec =
      noClasses().that(IN_BINDING).should().dependOnClassesThat().resideInAPackage("org.msgpack..");

  @ArchTest
  static final ArchRule modulesPointOneWay =
      SlicesRuleDefinition.slices().matching("dev.farside.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingPointsBackToTheBinding =
      noClasses()
          .that()
          .resideInAnyPackage("dev.farside", "dev.farside.spi", "dev.farside.codec")
          .should()
          .dependOnClassesThat(IN_BINDING);

  @ArchTest
  static final ArchRule theProviderAloneIsPublic =
      classes().that(IN_BINDING).and().doNotHaveSimpleName("Provider").should().notBePublic();

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass()
        .map(BindingArchitectureTest::outermost)
        .orElse(type.getSimpleName());
  }
}
