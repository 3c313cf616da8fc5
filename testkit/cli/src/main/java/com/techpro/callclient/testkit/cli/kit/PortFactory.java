// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Creates instances of the class under test, and injects itself into {@link AnyAudio},
 * {@link AnyNetwork} and {@link AnyStore}.
 */
final class PortFactory implements ParameterResolver {
    /**
     * The JUnit configuration parameter with the class name; the thread's class loader finds the
     * class.
     */
    static final String CLASS = "callclient.kit.class";

    private String name = "";

    /**
     * Returns a new instance.
     *
     * @throws IllegalStateException if it cannot be created
     */
    <T> T make(Class<T> port, KitPort kit, Object... arguments) {
        try {
            Class<?> type = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
            Class<?>[] parameters = kit.parameters().toArray(new Class<?>[0]);
            return port.cast(type.getConstructor(parameters).newInstance(arguments));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(name + " cannot be created", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " cannot be created", e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PortFactory.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        name = context.getConfigurationParameter(CLASS).orElseThrow(IllegalStateException::new);
        return this;
    }
}
