// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The testkit as named modules: they find each other and the engine, and run. Every other test uses
 * the class path.
 */
class TestkitModulesTest {
    private static final String TESTKIT = "com.techpro.callclient.testkit.";

    @Test
    void an_embedded_PBX_starts_as_a_module_and_without_voicemail_needs_no_mail_server() throws Exception {
        ModuleLayer layer =
                layer("pbx", entry -> !entry.getFileName().toString().startsWith("greenmail"));
        assertThat(layer.findModule("greenmail")).isEmpty();
        Class<?> pbx = layer.findLoader(TESTKIT + "pbx").loadClass("com.techpro.callclient.testkit.pbx.EmbeddedPbx");
        Object builder = pbx.getMethod("builder").invoke(null);
        builder.getClass().getMethod("extensions", String[].class).invoke(builder, (Object) new String[] {"1001"});
        builder.getClass().getMethod("provisioning").invoke(builder);
        try (AutoCloseable started =
                (AutoCloseable) builder.getClass().getMethod("start").invoke(builder)) {
            assertThat(pbx.getMethod("extensions").invoke(started)).isEqualTo(List.of("1001"));
        }
        assertThatThrownBy(() -> builder.getClass().getMethod("voicemail").invoke(builder))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("voicemail needs a mail server: add com.icegreen:greenmail");
    }

    @Test
    void the_judge_needs_nothing_but_the_JDK() {
        ModuleLayer alone = layer(
                "judge",
                entry -> entry.toString().contains("testkit-judge") || entry.endsWith("testkit/judge/target/classes"));
        assertThat(alone.modules()).extracting(Module::getName).containsExactly(TESTKIT + "judge");
    }

    @Test
    void soak_and_command_line_find_all_that_they_require() {
        assertThat(layer("cli", entry -> true).modules())
                .extracting(Module::getName)
                .contains(
                        TESTKIT + "cli",
                        TESTKIT + "soak",
                        TESTKIT + "privacy",
                        TESTKIT + "pbx",
                        "com.techpro.callclient.engine",
                        "com.techpro.callclient.stack");
    }

    @Test
    void the_engine_opens_its_inside_to_the_testkit_alone() {
        ModuleDescriptor engine = finder(entry -> true)
                .find("com.techpro.callclient.engine")
                .orElseThrow()
                .descriptor();
        assertThat(engine.exports())
                .filteredOn(exported -> exported.source().contains(".internal"))
                .isNotEmpty()
                .allSatisfy(exported ->
                        assertThat(exported.targets()).isNotEmpty().allMatch(target -> target.startsWith(TESTKIT)));
    }

    private static ModuleLayer layer(String module, Predicate<Path> there) {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration found =
                boot.configuration().resolveAndBind(finder(there), ModuleFinder.of(), Set.of(TESTKIT + module));
        return boot.defineModulesWithOneLoader(found, ClassLoader.getPlatformClassLoader());
    }

    /** Finds modules on the class path. */
    private static ModuleFinder finder(Predicate<Path> there) {
        return ModuleFinder.of(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> Files.exists(entry) && !entry.endsWith("test-classes"))
                .filter(there)
                .toArray(Path[]::new));
    }
}
