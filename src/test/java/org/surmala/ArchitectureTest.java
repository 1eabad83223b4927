package org.surmala;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;

/** The rules of the rooms: who may know whom. */
@AnalyzeClasses(packages = "org.surmala", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final Set<String> STAGES =
      Set.of(
          "read",
          "decode",
          "resample",
          "segment",
          "featurize",
          "store",
          "train",
          "embed",
          "cluster",
          "evaluate",
          "report");

  @ArchTest
  static final ArchRule stagesDoNotImportStages =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                  String[] parts = javaClass.getPackageName().split("\\.", 4);
                  return parts.length > 2 && STAGES.contains(parts[2])
                      ? SliceIdentifier.of(parts[2])
                      : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                  return "the stages";
                }
              })
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyThePipelineTheComparisonAndTheCommandLineComposeStages =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..surmala.failure..",
              "..surmala.dsp..",
              "..surmala.nn..",
              "..surmala.metric..",
              "..surmala.demo..",
              "..surmala.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..surmala.read..",
              "..surmala.decode..",
              "..surmala.resample..",
              "..surmala.segment..",
              "..surmala.featurize..",
              "..surmala.store..",
              "..surmala.train..",
              "..surmala.embed..",
              "..surmala.cluster..",
              "..surmala.evaluate..",
              "..surmala.report..",
              "..surmala.pipeline..",
              "..surmala.compare..",
              "..surmala.cli..");

  @ArchTest
  static final ArchRule stagesDoNotKnowWhoComposesThem =
      noClasses()
          .that()
          .resideOutsideOfPackages("..surmala.cli..", "..surmala.pipeline..", "..surmala.compare..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..surmala.pipeline..", "..surmala.compare..", "..surmala.cli..");

  @ArchTest
  static final ArchRule mathematicsKnowsNeitherBeamNorFiles =
      noClasses()
          .that()
          .resideInAnyPackage("..surmala.dsp..", "..surmala.nn..", "..surmala.metric..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "java.io", "java.nio.file..");

  /** What only its own test applies proves nothing. */
  @ArchTest
  static final ArchRule everyTransformOfAStageIsAppliedByThePipeline =
      classes()
          .that()
          .areAssignableTo(PTransform.class)
          .and()
          .arePublic()
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .and()
          .resideInAnyPackage(
              STAGES.stream().map(stage -> "org.surmala." + stage).toArray(String[]::new))
          .should(
              new ArchCondition<JavaClass>("be made by org.surmala.pipeline") {
                @Override
                public void check(JavaClass transform, ConditionEvents events) {
                  boolean isApplied =
                      transform.getAccessesToSelf().stream()
                          .anyMatch(
                              access ->
                                  access
                                      .getOriginOwner()
                                      .getPackageName()
                                      .equals("org.surmala.pipeline"));
                  events.add(
                      new SimpleConditionEvent(
                          transform, isApplied, transform.getName() + " is applied by nothing"));
                }
              });

  @ArchTest
  static final ArchRule noCycles = slices().matching("org.surmala.(*)..").should().beFreeOfCycles();
}
