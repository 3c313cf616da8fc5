// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class PortContractTest {
    @Test
    void one_tag_finds_every_adapters_kits_and_no_other_test() {
        TestPlan found = LauncherFactory.create()
                .discover(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectPackage(PortContractTest.class.getPackageName()))
                        .filters(includeTags(PortContract.TAG))
                        .build());

        assertThat(testClasses(found))
                .contains(
                        FakeNotificationsContractTest.class,
                        FakeSecureStoreContractTest.class,
                        FakePushContractTest.class)
                .doesNotContain(PortContractTest.class, LeakCheckTest.class, SimulatedNetworkTest.class);
    }

    @Test
    void every_kit_is_one() throws IOException {
        assertThat(kits())
                .hasSizeGreaterThan(15)
                .allSatisfy(kit -> assertThat(kit.isAnnotationPresent(PortContract.class))
                        .as(kit.getSimpleName())
                        .isTrue());
    }

    private static Set<Class<?>> testClasses(TestPlan plan) {
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .map(TestIdentifier::getSource)
                .flatMap(source -> source.stream())
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass())
                .collect(Collectors.toSet());
    }

    private static List<Class<?>> kits() throws IOException {
        Path classes =
                Path.of("target/classes", PortContract.class.getPackageName().split("\\."));
        try (Stream<Path> files = Files.list(classes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Contract.class"))
                    .<Class<?>>map(name -> loaded(name.substring(0, name.length() - ".class".length())))
                    .filter(type -> !type.isAnnotation() && Modifier.isAbstract(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(PortContract.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
