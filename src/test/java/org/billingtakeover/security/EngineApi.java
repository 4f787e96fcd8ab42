package org.billingtakeover.security;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/** Every call that the engine's servlets answer, as the annotations of their classes say. */
final class EngineApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEP = 3;
    /** Queries have more, and change nothing. */
    private static final int FEW_FIELDS = 8;

    private final Set<Call> calls = new TreeSet<>();

    EngineApi(ServletContext context) throws ReflectiveOperationException {
        for (var servlet : context.getServletRegistrations().values()) {
            if (ServletContainer.class.getName().equals(servlet.getClassName())) {
                Application application = Class.forName(servlet.getInitParameter("jakarta.ws.rs.Application"))
                        .asSubclass(Application.class)
                        .getDeclaredConstructor()
                        .newInstance();
                for (String mapping : servlet.getMappings()) {
                    for (Class<?> resource : application.getClasses()) {
                        Path path = resource.getAnnotation(Path.class);
                        if (path != null) {
                            add(mapping.replace("/*", ""), path, resource, List.of());
                        }
                    }
                }
            }
        }
    }

    Set<Call> calls() {
        return calls;
    }

    private void add(String before, @Nullable Path path, Class<?> resource, List<Class<?>> above) {
        String here = joined(before, path);
        if (above.contains(resource)) {
            return;
        }
        List<Class<?>> on = Stream.concat(above.stream(), Stream.of(resource)).toList();
        for (Method method : resource.getMethods()) {
            List<Method> declared = declarations(method);
            Path below = annotation(declared, Path.class);
            Optional<HttpMethod> http = declared.stream()
                    .flatMap(each -> Arrays.stream(each.getAnnotations()))
                    .flatMap(each -> Stream.ofNullable(each.annotationType().getAnnotation(HttpMethod.class)))
                    .findFirst();
            if (http.isPresent()) {
                calls.add(new Call(http.get().value(), joined(here, below), content(method, declared)));
            } else if (below != null) {
                add(here, below, method.getReturnType(), on);
            }
        }
    }

    private static String joined(String before, @Nullable Path path) {
        String more = path == null ? "" : path.value().replaceAll("^/|/$", "");
        return more.isEmpty() ? before : before + "/" + more;
    }

    private static List<Method> declarations(Method method) {
        List<Method> all = new ArrayList<>();
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(method.getDeclaringClass(), types);
        for (Class<?> type : types) {
            try {
                all.add(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
            } catch (NoSuchMethodException e) {
                // Said elsewhere.
            }
        }
        return all;
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
        if (type != null && into.add(type)) {
            collect(type.getSuperclass(), into);
            Arrays.stream(type.getInterfaces()).forEach(each -> collect(each, into));
        }
    }

    private static <A extends Annotation> @Nullable A annotation(List<Method> declared, Class<A> type) {
        return declared.stream()
                .flatMap(each -> Stream.ofNullable(each.getAnnotation(type)))
                .findFirst()
                .orElse(null);
    }

    /** What the call takes beside its address: the one parameter that no annotation says anything of. */
    private static @Nullable Type content(Method method, List<Method> declared) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            int index = i;
            if (declared.stream().allMatch(each -> each.getParameters()[index].getAnnotations().length == 0)) {
                return parameters[i].getParameterizedType();
            }
        }
        return null;
    }

    /**
     * @param path with its parameters in curly brackets
     * @param content of what type the JSON is; null if it takes none
     */
    record Call(String method, String path, @Nullable Type content) implements Comparable<Call> {

        @Override
        public int compareTo(Call other) {
            return toString().compareTo(other.toString());
        }

        /** Nothing, everything that it knows, and, where that is not much, each part alone. */
        Set<String> bodies(Map<String, String> known) {
            Set<String> all = new LinkedHashSet<>(List.of("{}"));
            if (content != null && json(JSON.constructType(content), "", known, 0) instanceof ObjectNode whole) {
                all.add(whole.toString());
                if (whole.size() <= FEW_FIELDS) {
                    whole.properties()
                            .forEach(each -> all.add(JSON.createObjectNode()
                                    .set(each.getKey(), each.getValue())
                                    .toString()));
                }
            }
            return all;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }

        private static JsonNode json(JavaType type, String name, Map<String, String> known, int depth) {
            Class<?> raw = type.getRawClass();
            if (raw == String.class || raw == Object.class) {
                return JSON.getNodeFactory().textNode(known.getOrDefault(name, "x"));
            }
            if (raw == boolean.class || raw == Boolean.class) {
                return JSON.getNodeFactory().booleanNode(true);
            }
            if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
                return JSON.getNodeFactory().numberNode(1);
            }
            if (raw == Date.class) {
                return JSON.getNodeFactory().textNode("2026-01-01T00:00:00.000+0000");
            }
            if (raw.isEnum()) {
                return JSON.getNodeFactory().textNode(raw.getEnumConstants()[0].toString());
            }
            if (depth > DEEP) {
                return JSON.createObjectNode();
            }
            if (type.isMapLikeType()) {
                return JSON.createObjectNode().set("switchAt", json(type.getContentType(), "", known, depth + 1));
            }
            if (type.isArrayType() || type.isCollectionLikeType()) {
                return JSON.createArrayNode().add(json(type.getContentType(), name, known, depth + 1));
            }
            ObjectNode object = JSON.createObjectNode();
            for (BeanPropertyDefinition each :
                    JSON.getDeserializationConfig().introspect(type).findProperties()) {
                if (each.hasSetter()) {
                    object.set(
                            each.getName(),
                            json(each.getSetter().getParameterType(0), each.getName(), known, depth + 1));
                }
            }
            return object;
        }
    }
}
