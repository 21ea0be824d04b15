package dev.farside;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.farside", importOptions = DoNotIncludeTests.class)
class ApiArchitectureTest {
  @ArchTest
  static final ArchRule theApiNeedsReactorAndJspecifyOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.farside",
              "dev.farside.spi",
              "java..",
              "reactor.core..",
              "reactor.util..",
              "org.jspecify..");
}
