// SPDX-License-Identifier: Apache-2.0
import coursier.Resolve;
import coursier.core.Dependency;
import coursier.core.Repository;
import coursier.core.VariantSelector.VariantMatcher$;
import coursier.maven.MavenRepository;
import coursier.params.ResolutionParams;
import coursier.parse.DependencyParser;
import coursier.util.Task;
import java.util.ArrayList;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What an app gets that takes the adapter for phone systems by Gradle's module metadata, read by Coursier: of OkHttp the JVM's artifact in an app for the JVM, and Android's in one
 * for Android. An app for Android takes what is for the JVM where a library has nothing for Android.
 *
 * <p>Arguments: the address of the repository, and group, name and version of the adapter, with a colon between two.
 */
final class GradleConsumer {
    private static final String OKHTTP = "com.squareup.okhttp3:okhttp-";

    private final Resolve<Task> resolve;
    private final String artifact;

    private GradleConsumer(String repository, String artifact) {
        Resolve<Task> defaults = Resolve.apply();
        List<Repository> repositories = new ArrayList<>(List.of(new MavenRepository(repository)));
        repositories.addAll(CollectionConverters.asJava(defaults.repositories()));
        this.resolve = defaults.withGradleModuleSupport(true).withRepositories(seq(repositories));
        // What OkHttp for Android needs of Android's own libraries is in Google's repository, and not looked for.
        this.artifact = artifact + ",exclude=androidx.annotation%annotation,exclude=androidx.startup%startup-runtime";
    }

    public static void main(String[] arguments) {
        GradleConsumer consumer = new GradleConsumer(arguments[0], arguments[1]);
        consumer.expect("jvm", OKHTTP + "jvm", OKHTTP + "android");
        consumer.expect("androidJvm|jvm", OKHTTP + "android", OKHTTP + "jvm");
    }

    private void expect(String platform, String wanted, String other) {
        List<String> modules = modules(platform);
        if (!modules.contains(wanted) || modules.contains(other)) {
            System.err.println("an app for " + platform + " should get " + wanted + ", and gets " + modules);
            System.exit(1);
        }
        System.out.println("An app for " + platform + " gets " + wanted + ", among " + modules.size() + " modules.");
    }

    private List<String> modules(String platform) {
        var attributes = List.of(
                VariantMatcher$.MODULE$.fromString("org.gradle.category", "library"),
                VariantMatcher$.MODULE$.fromString("org.gradle.usage", "runtime"),
                VariantMatcher$.MODULE$.fromString("org.jetbrains.kotlin.platform.type", platform));
        Dependency dependency =
                DependencyParser.dependency(artifact, "2.13").toOption().get();
        Resolve<Task> app = resolve.withDependencies(seq(List.of(dependency)))
                .withResolutionParams(ResolutionParams.apply().addVariantAttributes(seq(attributes)));
        var task = Resolve.ResolveTaskOps$.MODULE$;
        var resolution = task.run$extension(app, task.run$default$1$extension(app));
        return CollectionConverters.asJava(resolution.orderedDependencies()).stream()
                .map(each -> each.module().repr())
                .distinct()
                .toList();
    }

    private static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }
}
