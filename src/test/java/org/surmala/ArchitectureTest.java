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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
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

  /** What knows the stages' options or reads what they leave, but composes none of them. */
  private static final String[] ABOVE = {
    "..surmala.config..",
    "..surmala.runner..",
    "..surmala.pipeline..",
    "..surmala.watch..",
    "..surmala.kafka..",
    "..surmala.s3..",
    "..surmala.compare..",
    "..surmala.search..",
    "..surmala.tag..",
    "..surmala.web..",
    "..surmala.bench..",
    "..surmala.cli.."
  };

  private static final Set<String> COMPOSERS = Set.of("pipeline", "watch", "compare");
  private static final Set<String> OTHERS_WITH_FUNCTIONS = Set.of("step", "bench", "kafka");

  @ArchTest
  static final ArchRule whatStagesShareKnowsNoStage =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..surmala.failure..",
              "..surmala.io..",
              "..surmala.step..",
              "..surmala.words..",
              "..surmala.dsp..",
              "..surmala.model..",
              "..surmala.metric..",
              "..surmala.demo..",
              "..surmala.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              STAGES.stream().map(stage -> "..surmala." + stage + "..").toArray(String[]::new));

  @ArchTest
  static final ArchRule stagesDoNotKnowWhoComposesThem =
      noClasses()
          .that()
          .resideOutsideOfPackages(ABOVE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ABOVE);

  @ArchTest
  static final ArchRule mathematicsKnowsNeitherBeamNorFiles =
      noClasses()
          .that()
          .resideInAnyPackage("..surmala.dsp..", "..surmala.model..", "..surmala.metric..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "java.io", "java.nio.file..");

  /** What only its own test applies proves nothing; what another room applies is composed twice. */
  @ArchTest
  static final ArchRule everyTransformOfAStageIsAppliedByAComposerAlone =
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
              new ArchCondition<JavaClass>("be made by " + COMPOSERS) {
                @Override
                public void check(JavaClass transform, ConditionEvents events) {
                  Set<String> rooms =
                      transform.getConstructorCallsToSelf().stream()
                          .map(call -> room(call.getOriginOwner()))
                          .collect(Collectors.toCollection(TreeSet::new));
                  transform.getMethodCallsToSelf().stream()
                      .filter(
                          call ->
                              call.getTarget().resolveMember().stream()
                                  .anyMatch(m -> m.getModifiers().contains(JavaModifier.STATIC)))
                      .map(call -> room(call.getOriginOwner()))
                      .forEach(rooms::add);
                  rooms.remove(room(transform));
                  events.add(
                      new SimpleConditionEvent(
                          transform,
                          !rooms.isEmpty() && COMPOSERS.containsAll(rooms),
                          transform.getName() + " is applied by " + rooms));
                }
              });

  @ArchTest
  static final ArchRule functionsOfTheDataflowLiveInStagesAndComposers =
      classes()
          .that()
          .areAssignableTo(DoFn.class)
          .should(
              new ArchCondition<JavaClass>(
                  "be in a stage, a composer or " + OTHERS_WITH_FUNCTIONS) {
                @Override
                public void check(JavaClass function, ConditionEvents events) {
                  String room = room(function);
                  events.add(
                      new SimpleConditionEvent(
                          function,
                          STAGES.contains(room)
                              || COMPOSERS.contains(room)
                              || OTHERS_WITH_FUNCTIONS.contains(room),
                          function.getName() + " is in " + room));
                }
              });

  @ArchTest
  static final ArchRule noSimpleNameStandsTwice =
      classes()
          .that()
          .areTopLevelClasses()
          .should(
              new ArchCondition<JavaClass>("have a simple name of their own") {
                private final Map<String, String> owners = new HashMap<>();

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  String owner = owners.putIfAbsent(type.getSimpleName(), type.getName());
                  boolean isOwn = owner == null || type.getSimpleName().equals("package-info");
                  events.add(
                      new SimpleConditionEvent(
                          type, isOwn, type.getName() + " has the simple name of " + owner));
                }
              });

  @ArchTest
  static final ArchRule noCycles = slices().matching("org.surmala.(*)..").should().beFreeOfCycles();

  private static String room(JavaClass type) {
    return type.getPackageName().split("\\.", 4)[2];
  }
}
