// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.stack.sip.SipStack;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the modules export is what the files of {@code docs/api} say, so that no change of it goes unnoticed. With
 * {@code -Dcallclient.api.write=true} the files are written anew.
 */
class ExportedApiTest {
    private static final Path FILES = Path.of("../../docs/api");

    /** In a line of which the common part of all packages is gone. */
    private static final Pattern HIDDEN_TYPE = Pattern.compile("\\b(stack|engine\\.internal)\\.");

    /** What every object has. */
    private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

    @ParameterizedTest
    @CsvSource({
        "engine-ports, com.techpro.callclient.ports.secret.Secret",
        "engine-core, com.techpro.callclient.engine.CallClient",
        "adapters-phonesystems, com.techpro.callclient.adapters.phonesystems.PhoneSystems",
        "adapters-appcast, com.techpro.callclient.adapters.appcast.AppcastUpdates",
        "adapters-javasound, com.techpro.callclient.adapters.javasound.JavaSoundAudio",
        "adapters-keystore, com.techpro.callclient.adapters.keystore.Vault"
    })
    void the_exported_api_matches_its_file(String module, Class<?> oneOfIts) throws Exception {
        List<String> now = api(oneOfIts);
        Path file = FILES.resolve(module + ".txt");
        if (Boolean.getBoolean("callclient.api.write")) {
            Files.createDirectories(FILES);
            Files.write(file, now);
        }

        assertThat(now).hasSizeGreaterThan(4);
        assertThat(now)
                .as("signatures that name a type which no app sees")
                .noneMatch(line -> HIDDEN_TYPE.matcher(line).find());
        assertThat(differences(Files.readAllLines(file), now))
                .as(
                        "The API of %s is not what %s says. If that is meant, write the file anew, and a line in CHANGELOG.md:%n"
                                + "mvn test -pl testkit/soak -am -Dtest=ExportedApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dcallclient.api.write=true%n",
                        module, file.normalize())
                .isEmpty();
        assertThat(now).isEqualTo(Files.readAllLines(file));
    }

    @Test
    void an_app_sees_no_package_of_the_stack() throws Exception {
        ModuleDescriptor stack = in(SipStack.class, ExportedApiTest::descriptor);
        assertThat(stack.exports())
                .isNotEmpty()
                .allSatisfy(export -> assertThat(export.targets())
                        .as(export.source())
                        .isNotEmpty()
                        .allMatch(module -> module.startsWith("com.techpro.callclient.")));
        assertThat(in(CallClient.class, ExportedApiTest::descriptor).requires())
                .filteredOn(needed -> needed.name().equals(stack.name()))
                .singleElement()
                .satisfies(needed -> assertThat(needed.modifiers()).isEmpty());
    }

    @Test
    void all_of_a_type_that_a_host_sees_is_printed_and_nothing_else() {
        assertThat(describe(Sample.class))
                .containsExactly(
                        "abstract class testkit.soak.ExportedApiTest$Sample<T extends Number>",
                        "    final int count",
                        "    void inherited()",
                        "    protected java.util.List<T> numbers(int,String) throws java.io.IOException [nullable: result, 2]");
        assertThat(describe(Shape.class))
                .containsExactly(
                        "sealed interface testkit.soak.ExportedApiTest$Shape permits testkit.soak.ExportedApiTest$Round");
        assertThat(describe(Round.class))
                .containsExactly(
                        "final record testkit.soak.ExportedApiTest$Round implements testkit.soak.ExportedApiTest$Shape",
                        "    new(int)",
                        "    int radius()");
    }

    /** What is gone and what has come, each with its type. */
    private static List<String> differences(List<String> before, List<String> now) {
        List<String> gone = new ArrayList<>(withTypes(before));
        gone.removeAll(withTypes(now));
        List<String> come = new ArrayList<>(withTypes(now));
        come.removeAll(withTypes(before));
        return Stream.concat(
                        gone.stream().map(line -> "- " + line), come.stream().map(line -> "+ " + line))
                .toList();
    }

    private static List<String> withTypes(List<String> lines) {
        List<String> full = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            boolean member = line.startsWith(" ");
            type = member ? type : line;
            full.add(member ? type + ": " + line.strip() : line);
        }
        return full;
    }

    /** The lines for all types that the module of this one exports to everybody. */
    private static List<String> api(Class<?> oneOfIts) throws IOException, URISyntaxException {
        return in(oneOfIts, ExportedApiTest::api);
    }

    private static ModuleDescriptor descriptor(Path classes) throws IOException {
        try (var in = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    private interface Reading<T> {
        T of(Path classes) throws IOException;
    }

    /** What is read of the folder or archive that this class comes from. */
    private static <T> T in(Class<?> oneOfIts, Reading<T> reading) throws IOException, URISyntaxException {
        Path place = Path.of(
                oneOfIts.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return reading.of(place);
        }
        try (var jar = FileSystems.newFileSystem(place)) {
            return reading.of(jar.getPath("/"));
        }
    }

    private static List<String> api(Path classes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String exported : descriptor(classes).exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .sorted()
                .toList()) {
            try (Stream<Path> files = Files.list(classes.resolve(exported.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                        .sorted()
                        .map(name -> loaded(exported + "." + name.substring(0, name.length() - ".class".length())))
                        .filter(ExportedApiTest::isVisible)
                        .forEach(type -> lines.addAll(describe(type)));
            }
        }
        return lines;
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, ExportedApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether code of another package can name it. */
    private static boolean isVisible(Class<?> type) {
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static List<String> describe(Class<?> type) {
        List<String> members = withHiddenSupertypes(type)
                .flatMap(owner -> Stream.of(
                                Arrays.stream(owner.getDeclaredFields()),
                                Arrays.stream(owner == type ? owner.getDeclaredConstructors() : new Member[0]),
                                Arrays.stream(owner.getDeclaredMethods()))
                        .flatMap(all -> all))
                .map(Member.class::cast)
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .filter(member -> !member.isSynthetic() && !OF_OBJECT.contains(member.getName()))
                .sorted(Comparator.comparing(ExportedApiTest::name).thenComparing(ExportedApiTest::describe))
                .map(member -> "    " + describe(member))
                .distinct()
                .toList();
        return Stream.concat(Stream.of(shortened(header(type))), members.stream())
                .toList();
    }

    /** Fields and methods by their names, constructors first. */
    private static String name(Member member) {
        return member instanceof Constructor ? "" : member.getName();
    }

    /** Without what every line would have. */
    private static String shortened(String line) {
        return line.replaceAll("\\bcom\\.techpro\\.callclient\\.|\\bjava\\.lang\\.(?=[A-Z])|^public ", "");
    }

    /** This type, and those above it that no host can name: what they have is its own to whoever uses it. */
    private static Stream<Class<?>> withHiddenSupertypes(Class<?> type) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        return Stream.concat(
                Stream.of(type),
                above.filter(supertype -> !isVisible(supertype)).flatMap(ExportedApiTest::withHiddenSupertypes));
    }

    private static String header(Class<?> type) {
        int modifiers = type.getModifiers() & (Modifier.ABSTRACT | Modifier.FINAL);
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
        if (type.isInterface() || type.isEnum()) {
            // An interface is always abstract, and whether an enum is final tells how its constants are written.
            modifiers = 0;
        }
        Type above = type.getGenericSuperclass();
        return (Modifier.toString(modifiers) + (type.isSealed() && !type.isEnum() ? " sealed " : " ") + kind + " ")
                        .stripLeading()
                + type.getTypeName()
                + typeParameters(type)
                + (above == null
                                || above == Object.class
                                || type.isEnum()
                                || type.isRecord()
                                || !isVisible(type.getSuperclass())
                        ? ""
                        : " extends " + above.getTypeName())
                + list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces())
                + (type.isSealed() && !type.isEnum() ? list(" permits ", type.getPermittedSubclasses()) : "");
    }

    private static String typeParameters(GenericDeclaration declaration) {
        return declaration.getTypeParameters().length == 0
                ? ""
                : Arrays.stream(declaration.getTypeParameters())
                        .map(parameter -> parameter.getName() + " extends "
                                + Arrays.stream(parameter.getBounds())
                                        .map(Type::getTypeName)
                                        .collect(joining(" & ")))
                        .collect(joining(", ", "<", ">"));
    }

    private static String list(String before, Type... types) {
        return types.length == 0
                ? ""
                : before + Arrays.stream(types).map(Type::getTypeName).sorted().collect(joining(", "));
    }

    private static String describe(Member member) {
        if (member instanceof Field field) {
            return shortened(withoutOwner(field.toGenericString(), field))
                    + (isNullable(field.getAnnotatedType()) ? " [nullable]" : "");
        }
        Executable executable = (Executable) member;
        List<String> nullable = new ArrayList<>();
        if (executable instanceof Method method && isNullable(method.getAnnotatedReturnType())) {
            nullable.add("result");
        }
        AnnotatedType[] parameters = executable.getAnnotatedParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            if (isNullable(parameters[i])) {
                nullable.add(String.valueOf(i + 1));
            }
        }
        return shortened(withoutOwner(executable.toGenericString(), executable))
                + (nullable.isEmpty() ? "" : " [nullable: " + String.join(", ", nullable) + "]");
    }

    /** A member's line stands below its type's, and needs not name that again. */
    private static String withoutOwner(String line, Member member) {
        String owner = member.getDeclaringClass().getName();
        return member instanceof Constructor
                ? line.replace(owner + "(", "new(")
                : line.replace(owner + "." + member.getName(), member.getName());
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    static class Hidden {
        public void inherited() {}
    }

    public abstract static class Sample<T extends Number> extends Hidden {
        public final int count = 0;

        Sample() {}

        protected @Nullable List<T> numbers(int from, @Nullable String name) throws IOException {
            return null;
        }

        void ofThePackage() {}

        @Override
        public String toString() {
            return "";
        }
    }

    public sealed interface Shape permits Round {}

    public record Round(int radius) implements Shape {}
}
