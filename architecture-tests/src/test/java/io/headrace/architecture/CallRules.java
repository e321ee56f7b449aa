package io.headrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.ObjectInputStream;
import java.util.Map;
import java.util.Set;

/** Which calls belong to which place, and that packages form no cycle. */
final class CallRules {
    private static final Set<String> CLOCKS =
            Set.of(
                    "java.lang.System.nanoTime",
                    "java.lang.System.currentTimeMillis",
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.time.Clock.system",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.Clock.tick",
                    "java.time.Clock.tickMillis",
                    "java.time.Clock.tickSeconds",
                    "java.time.Clock.tickMinutes");

    private static final Set<String> THREAD_MAKERS =
            Set.of(
                    "java.lang.Thread.<init>",
                    "java.util.Timer.<init>",
                    "java.util.concurrent.ThreadPoolExecutor.<init>",
                    "java.util.concurrent.ScheduledThreadPoolExecutor.<init>",
                    "java.util.concurrent.ForkJoinPool.<init>",
                    "java.util.concurrent.ForkJoinPool.commonPool",
                    "java.util.Collection.parallelStream",
                    "java.util.List.parallelStream",
                    "java.util.stream.Stream.parallel");

    private static final Set<String> CHANCE =
            Set.of(
                    "java.util.Random.<init>",
                    "java.util.SplittableRandom.<init>",
                    "java.security.SecureRandom.<init>",
                    "java.util.concurrent.ThreadLocalRandom.current",
                    "java.util.random.RandomGenerator.getDefault",
                    "java.util.random.RandomGenerator.of",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID",
                    "java.util.Collections.shuffle");

    private static final Set<String> UNORDERED =
            Set.of(
                    "java.lang.System.identityHashCode",
                    "java.util.IdentityHashMap.<init>",
                    "java.util.WeakHashMap.<init>",
                    "java.util.HashMap.<init>",
                    "java.util.HashSet.<init>",
                    "java.util.concurrent.ConcurrentHashMap.<init>",
                    "java.util.concurrent.ConcurrentHashMap.newKeySet",
                    "java.util.stream.Collectors.toSet",
                    "java.util.stream.Collectors.toMap",
                    "java.util.stream.Collectors.groupingBy");

    private CallRules() {}

    static ArchRule packagesAreFreeOfCycles() {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new ByPackage())
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because(
                        "a cycle cannot be read in any order; move the type both sides need into"
                                + " the lower package");
    }

    /** Classes of a package depend on themselves, these, and the JDK only. */
    static ArchRule knowsOnly(String packageName, JavaClasses known) {
        return classes()
                .that()
                .resideInAPackage(packageName)
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.describe(
                                "are its own, of the JDK, or among those it may know",
                                each ->
                                        each.getPackageName().equals(packageName)
                                                || each.getPackageName().startsWith("java.")
                                                || known.contain(
                                                        each.getBaseComponentType().getName())))
                .because(
                        "what is compared must not share a class with what it is compared with:"
                                + " write it anew, however slow");
    }

    static ArchRule nothingIsJavaDeserialized() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .allowEmptyShould(true)
                .because("bytes that choose their own class are an attack; use a Codec");
    }

    static ArchRule nothingIsPrinted() {
        return GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .allowEmptyShould(true)
                .because(
                        "the streams belong to the user's program; return the text, throw, or log"
                                + " by SLF4J");
    }

    static ArchRule theClockIsRead(Map<String, String> onlyBy) {
        return noClasses()
                .that(areOutside(onlyBy))
                .should()
                .accessTargetWhere(calls("read the clock", CLOCKS))
                .allowEmptyShould(true)
                .because(
                        "time is a constructor argument, or no test can set it; take a clock, or"
                                + " argue for a line in NamedPlaces.CLOCK_READERS");
    }

    static ArchRule threadsAreStarted(Map<String, String> onlyBy) {
        return noClasses()
                .that(areOutside(onlyBy))
                .should()
                .accessTargetWhere(calls("start a thread", THREAD_MAKERS).or(new HiddenThread()))
                .allowEmptyShould(true)
                .because(
                        "threads are outside: a tasklet is stepped by a worker or by a test; argue"
                                + " for a line in NamedPlaces.THREAD_STARTERS");
    }

    static ArchRule chanceDecides(Map<String, String> onlyIn) {
        return noClasses()
                .that(areOutside(onlyIn))
                .should()
                .accessTargetWhere(calls("draw by chance", CHANCE))
                .allowEmptyShould(true)
                .because(
                        "a run has to be repeatable; take what decides as an argument, or argue for"
                                + " a line in NamedPlaces.CHANCE");
    }

    static ArchRule orderIsLeftOpen(Map<String, String> onlyIn) {
        return noClasses()
                .that(areOutside(onlyIn))
                .should()
                .accessTargetWhere(calls("leave an order open", UNORDERED))
                .allowEmptyShould(true)
                .because(
                        "what is gone through in the order of hashes takes other steps in the next"
                                + " process; use LinkedHashMap or TreeMap, or name the class in"
                                + " NamedPlaces.UNORDERED if it only looks up");
    }

    private static DescribedPredicate<JavaClass> areOutside(Map<String, String> places) {
        return DescribedPredicate.describe(
                "are not " + places.keySet(),
                each -> !places.containsKey(each.getName().replaceFirst("\\$.*", "")));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String what, Set<String> targets) {
        return DescribedPredicate.describe(
                what,
                access ->
                        targets.contains(
                                access.getTargetOwner().getName() + "." + access.getName()));
    }

    /** Calls that start a thread without saying so: pools by factory, asynchronous stages. */
    private static final class HiddenThread extends DescribedPredicate<JavaAccess<?>> {
        HiddenThread() {
            super("use a thread pool");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            return switch (access.getTargetOwner().getName()) {
                case "java.util.concurrent.Executors" -> access.getName().startsWith("new");
                case "java.util.concurrent.CompletableFuture",
                        "java.util.concurrent.CompletionStage" ->
                        access.getName().endsWith("Async");
                default -> false;
            };
        }
    }

    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
