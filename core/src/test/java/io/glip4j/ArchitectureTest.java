package io.glip4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the house in shape: dependencies run one way, and native memory stays in its room. */
@AnalyzeClasses(packages = "io.glip4j", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String BYTEDECO = "org.bytedeco..";

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.glip4j.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PLAIN_JAVA_STAYS_PLAIN = noClasses()
            .that()
            .resideInAnyPackage("io.glip4j.output..", "io.glip4j.paint..", "io.glip4j.eval..", "io.glip4j.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BYTEDECO);

    @ArchTest
    static final ArchRule NATIVE_SCOPES_ONLY_IN_TORCH = noClasses()
            .that()
            .resideOutsideOfPackage("io.glip4j.torch..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.bytedeco.javacpp.PointerScope");

    @ArchTest
    static final ArchRule THE_MODEL_NEVER_SEES_TRAINING = noClasses()
            .that()
            .resideInAnyPackage("io.glip4j.model..", "io.glip4j.torch..", "io.glip4j.geometry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.glip4j.data..", "io.glip4j.train..", "io.glip4j.eval..", "io.glip4j.paint..");

    @ArchTest
    static final ArchRule THE_LIBRARY_DOES_NOT_PRINT =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    private ArchitectureTest() {}
}
