package dev.farside.rsocket;

import dev.farside.spi.StandIn;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The bytes of a stand-in's class: a field with its handler, and methods that call the handler as
 * {@code java.lang.reflect.Proxy} does. The one class that knows ASM.
 */
final class StandInBytes {
  /** The instance field of the handler. */
  static final String HANDLER = "farside$handler";

  /** The static field of the methods, to be set before the first instance is made. */
  static final String METHODS = "farside$methods";

  /** The static method of a {@link #reader} that takes the module which is to be read. */
  static final String READ = "read";

  private static final Type HANDLER_TYPE = Type.getType(InvocationHandler.class);
  private static final Type METHODS_TYPE = Type.getType(Method[].class);

  private final String name;
  private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

  private StandInBytes(String name) {
    this.name = name.replace('.', '/');
  }

  /**
   * Writes a class.
   *
   * @param methods what is overridden, in the order of the field {@link #METHODS}
   * @param visible which types the class sees; the handler of a method with another result type
   *     never returns
   */
  static byte[] of(
      String name,
      Class<?> superclass,
      List<Class<?>> interfaces,
      List<Method> methods,
      Predicate<Class<?>> visible) {
    var bytes = new StandInBytes(name);
    bytes.head(superclass, interfaces);
    for (int i = 0; i < methods.size(); i++) {
      bytes.override(methods.get(i), i, visible.test(methods.get(i).getReturnType()));
    }
    bytes.handlerGetter();
    if (!hasFinalFinalizer(superclass)) {
      bytes.finalizer();
    }
    return bytes.writer.toByteArray();
  }

  /** Writes a class that has the module in which it is defined read others. */
  static byte[] reader(String name) {
    var bytes = new StandInBytes(name);
    bytes.writer.visit(
        Opcodes.V17,
        Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        bytes.name,
        null,
        Type.getInternalName(Object.class),
        null);
    Type module = Type.getType(Module.class);
    MethodVisitor code =
        bytes.begin(Opcodes.ACC_STATIC, READ, Type.getMethodDescriptor(Type.VOID_TYPE, module));
    code.visitLdcInsn(Type.getObjectType(bytes.name));
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        Type.getInternalName(Class.class),
        "getModule",
        Type.getMethodDescriptor(module),
        false);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        module.getInternalName(),
        "addReads",
        Type.getMethodDescriptor(module, module),
        false);
    code.visitInsn(Opcodes.POP);
    code.visitInsn(Opcodes.RETURN);
    end(code);
    return bytes.writer.toByteArray();
  }

  private void head(Class<?> superclass, List<Class<?>> interfaces) {
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        name,
        null,
        Type.getInternalName(superclass),
        Stream.concat(interfaces.stream(), Stream.of(StandIn.class))
            .map(Type::getInternalName)
            .toArray(String[]::new));
    field(Opcodes.ACC_PUBLIC, HANDLER, HANDLER_TYPE);
    field(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, METHODS, METHODS_TYPE);
  }

  private void field(int access, String field, Type type) {
    writer.visitField(access, field, type.getDescriptor(), null, null).visitEnd();
  }

  private void override(Method method, int index, boolean returns) {
    MethodVisitor code =
        begin(visibility(method), method.getName(), Type.getMethodDescriptor(method));
    loadHandler(code);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETSTATIC, name, METHODS, METHODS_TYPE.getDescriptor());
    number(code, index);
    code.visitInsn(Opcodes.AALOAD);
    arguments(code, method.getParameterTypes());
    code.visitMethodInsn(
        Opcodes.INVOKEINTERFACE,
        HANDLER_TYPE.getInternalName(),
        "invoke",
        MethodType.methodType(Object.class, Object.class, Method.class, Object[].class)
            .descriptorString(),
        true);
    giveBack(code, method.getReturnType(), returns);
    end(code);
  }

  private static int visibility(Method method) {
    return method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED);
  }

  private static void arguments(MethodVisitor code, Class<?>[] parameters) {
    if (parameters.length == 0) {
      code.visitInsn(Opcodes.ACONST_NULL);
      return;
    }
    number(code, parameters.length);
    code.visitTypeInsn(Opcodes.ANEWARRAY, Type.getInternalName(Object.class));
    int variable = 1;
    for (int i = 0; i < parameters.length; i++) {
      Type type = Type.getType(parameters[i]);
      code.visitInsn(Opcodes.DUP);
      number(code, i);
      code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), variable);
      box(code, parameters[i]);
      code.visitInsn(Opcodes.AASTORE);
      variable += type.getSize();
    }
  }

  private static void box(MethodVisitor code, Class<?> type) {
    if (type.isPrimitive()) {
      Class<?> box = Numbers.boxed(type);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          Type.getInternalName(box),
          "valueOf",
          MethodType.methodType(box, type).descriptorString(),
          false);
    }
  }

  private static void giveBack(MethodVisitor code, Class<?> type, boolean returns) {
    if (type == void.class) {
      code.visitInsn(Opcodes.POP);
    } else if (type.isPrimitive()) {
      unbox(code, type);
    } else if (returns) {
      code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(type));
    } else {
      code.visitInsn(Opcodes.POP);
      code.visitInsn(Opcodes.ACONST_NULL);
    }
    code.visitInsn(Type.getType(type).getOpcode(Opcodes.IRETURN));
  }

  private static void unbox(MethodVisitor code, Class<?> type) {
    String box = Type.getInternalName(Numbers.boxed(type));
    code.visitTypeInsn(Opcodes.CHECKCAST, box);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        box,
        type.getName() + "Value",
        MethodType.methodType(type).descriptorString(),
        false);
  }

  private static void number(MethodVisitor code, int number) {
    if (number <= Short.MAX_VALUE) {
      code.visitIntInsn(number <= Byte.MAX_VALUE ? Opcodes.BIPUSH : Opcodes.SIPUSH, number);
    } else {
      code.visitLdcInsn(number);
    }
  }

  private void loadHandler(MethodVisitor code) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, name, HANDLER, HANDLER_TYPE.getDescriptor());
  }

  private void handlerGetter() {
    Method getter = StandIn.class.getMethods()[0];
    MethodVisitor code =
        begin(Opcodes.ACC_PUBLIC, getter.getName(), Type.getMethodDescriptor(getter));
    loadHandler(code);
    code.visitInsn(Opcodes.ARETURN);
    end(code);
  }

  /**
   * The superclass's finalizer would find an instance of which no constructor has run. Some are
   * public.
   */
  private void finalizer() {
    MethodVisitor code = begin(Opcodes.ACC_PUBLIC, "finalize", "()V");
    code.visitInsn(Opcodes.RETURN);
    end(code);
  }

  private static boolean hasFinalFinalizer(Class<?> superclass) {
    for (Class<?> c = superclass; c != Object.class; c = c.getSuperclass()) {
      try {
        return Modifier.isFinal(c.getDeclaredMethod("finalize").getModifiers());
      } catch (NoSuchMethodException e) {
        // this class only inherits it
      }
    }
    return false;
  }

  private MethodVisitor begin(int access, String method, String descriptor) {
    MethodVisitor code = writer.visitMethod(access, method, descriptor, null, null);
    code.visitCode();
    return code;
  }

  private static void end(MethodVisitor code) {
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
