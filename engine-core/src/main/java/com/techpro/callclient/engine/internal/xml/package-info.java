// SPDX-License-Identifier: Apache-2.0
/** XML documents of strangers, read without trusting them. */
@NullMarked
package com.techpro.callclient.engine.internal.xml;

import org.jspecify.annotations.NullMarked;
