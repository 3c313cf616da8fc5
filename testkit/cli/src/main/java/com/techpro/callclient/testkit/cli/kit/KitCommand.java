// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import com.techpro.callclient.testkit.contracts.PortContract;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code callclient kit}. */
@Command(
        name = "kit",
        description = {
            "Tests whether a class keeps the contract of a port: one line a clause, without a test project.",
            "",
            "A class that implements the port is created by its public constructor: without parameters for audio and"
                    + " network, with a java.nio.file.Path, a folder only for its files, for store. The kit tests what"
                    + " it can without knowing the platform.",
            "",
            "A class that extends the port's kit says the rest, such as how a device is lost. Ports other than audio, network"
                    + " and store need one.",
            "",
            "Exit code 0: every clause that was tested is kept; 1: at least one is not; 2: the arguments are wrong; 3:"
                    + " not judged, as no clause could be tested."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class KitCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            required = true,
            description = "The port: ${COMPLETION-CANDIDATES}.",
            completionCandidates = PortNames.class)
    private String port = "";

    @Option(
            names = "--class",
            paramLabel = "NAME",
            required = true,
            description = "The class that implements the port or extends its kit, such as com.example.MyAudio.")
    private String name = "";

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Folders and jars that have the class and all it needs but the engine, as for java -cp.")
    private String classPath = "";

    @Option(
            names = "--loopback",
            description = "The default microphone hears the default speaker: audio is judged too.")
    private boolean loopback;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The names of the ports, for the help. */
    static final class PortNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(KitPort.values())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        KitPort tried = kitPort();
        if (loopback && tried != KitPort.AUDIO) {
            throw wrong("--loopback is for --port audio.");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls(), KitCommand.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            return run(kits(tried, loader));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private int run(List<Class<?>> kits) {
        PrintWriter out = spec.commandLine().getOut();
        ClauseListener listener = new ClauseListener(out);
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(kits.stream()
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .configurationParameter(PortFactory.CLASS, name)
                                .configurationParameter(PortContract.PRINTS, "false")
                                .configurationParameter(
                                        MethodOrderer.DEFAULT_ORDER_PROPERTY_NAME, ClauseOrder.class.getName())
                                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                                .configurationParameter("junit.jupiter.execution.timeout.default", "120 s")
                                .build(),
                        listener);
        listener.printSummary();
        return listener.exitCode();
    }

    /** Returns the classes that JUnit runs. */
    private List<Class<?>> kits(KitPort tried, ClassLoader loader) {
        Class<?> type = load(loader);
        if (Modifier.isAbstract(type.getModifiers())) {
            throw wrong(name + " is abstract.");
        }
        if (tried.kits().stream().anyMatch(kit -> kit.isAssignableFrom(type))) {
            return List.of(type);
        }
        Class<?> implemented = tried.port();
        if (implemented == null || !implemented.isAssignableFrom(type)) {
            String asPort = implemented == null ? "" : "implements " + implemented.getName() + ", nor one that ";
            throw wrong(name + " is not a class that " + asPort + "extends " + names(tried) + ".");
        }
        requireConstructor(tried, type);
        return switch (tried) {
            case AUDIO -> List.of(loopback ? AnyAudio.LoopedBack.class : AnyAudio.Alone.class);
            case NETWORK -> List.of(AnyNetwork.Links.class, AnyNetwork.Datagrams.class, AnyNetwork.Streams.class);
            case STORE -> List.of(AnyStore.class);
            default -> throw new IllegalStateException(tried.name());
        };
    }

    private Class<?> load(ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw wrong("There is no class " + name
                    + (classPath.isEmpty() ? "; give its place with --class-path." : " on --class-path."));
        } catch (LinkageError e) {
            throw wrong(name + " cannot be loaded: " + e);
        }
    }

    private void requireConstructor(KitPort tried, Class<?> type) {
        try {
            var unused = type.getConstructor(tried.parameters().toArray(new Class<?>[0]));
        } catch (NoSuchMethodException e) {
            throw wrong(name + " has no public constructor "
                    + (tried.parameters().isEmpty() ? "without parameters" : "with a java.nio.file.Path")
                    + ", or is not a public class.");
        }
    }

    private KitPort kitPort() {
        for (KitPort each : KitPort.values()) {
            if (each.name().equalsIgnoreCase(port)) {
                return each;
            }
        }
        throw wrong("--port must be one of " + String.join(", ", new PortNames()) + ".");
    }

    private URL[] urls() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                Path path = Path.of(entry);
                if (!Files.exists(path)) {
                    throw wrong("--class-path: there is no " + entry + ".");
                }
                urls.add(path.toUri().toURL());
            }
        }
        return urls.toArray(new URL[0]);
    }

    private static String names(KitPort tried) {
        return String.join(
                " or ", tried.kits().stream().map(Class::getSimpleName).toList());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
