package io.glip4j.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Edge;
import org.bytedeco.pytorch.EdgeVector;
import org.bytedeco.pytorch.FunctionPostHook;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The backward pass of one {@link Segment} as a single node of libtorch's graph, from the gradients of its outputs to
 * those of its inputs and parameters. As the node leads to the parameters like any other, each gets its gradient once,
 * whoever waits for it.
 *
 * <p>The Java binding cannot make nodes, but hooks: the node is that of an operator on empty tensors, which passes
 * nothing on, and this hook puts the gradients in place of nothing. The binding leaves a few bytes of the JVM behind for
 * each hook, a weak reference that no one can free.
 */
final class SegmentBackward extends FunctionPostHook {
    /** The first gradient that arrives at the node is that of its operator's own result, which nobody reads. */
    private static final int OWN_RESULT = 1;

    private final Recomputation pass;
    private final UnaryOperator<List<Tensor>> step;
    private final List<Tensor> inputs; // without gradient, kept until they were used
    private final List<Integer> learning = new ArrayList<>(); // which inputs want gradients
    private final List<Tensor> parameters; // that want gradients
    private final List<Integer> computed = new ArrayList<>(); // which outputs are none of the inputs
    private final Tensor randomNumbers; // the generator's state
    private final boolean bfloat16;

    /** Before the segment's forward pass. */
    SegmentBackward(
            Recomputation pass, List<Tensor> inputs, List<Tensor> parameters, UnaryOperator<List<Tensor>> step) {
        this.pass = pass;
        this.step = step;
        this.inputs = inputs.stream().map(input -> pass.keep(input.detach())).toList();
        this.parameters = parameters.stream().filter(Tensor::requires_grad).toList();
        this.randomNumbers = pass.keep(torch.getDefaultCPUGenerator().get_state());
        this.bfloat16 = Autocast.isBfloat16();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).requires_grad()) {
                learning.add(i);
            }
        }
    }

    /** The outputs of the forward pass as results of this node; one that is an input stays what it is. */
    List<Tensor> follow(List<Tensor> given, List<Tensor> outputs) {
        Node node = node(Stream.concat(learning.stream().map(given::get), parameters.stream())
                .toList());
        List<Tensor> results = new ArrayList<>();
        for (int j = 0; j < outputs.size(); j++) {
            Tensor output = outputs.get(j);
            if (given.stream().anyMatch(output::is_same)) {
                results.add(output);
            } else {
                Tensor result = output.detach();
                torch.create_gradient_edge(result, node);
                results.add(result);
                computed.add(j);
            }
        }
        return results;
    }

    /** A node before these tensors, with this hook, which then belongs to it. */
    private Node node(List<Tensor> before) {
        Tensor[] nothing = new Tensor[before.size()];
        EdgeVector edges = new EdgeVector();
        for (int i = 0; i < nothing.length; i++) {
            nothing[i] = torch.empty(0).set_requires_grad(true);
            edges.push_back(edgeTo(before.get(i)));
        }
        Node node = Tensors.stack(0, nothing).grad_fn();
        node.set_next_edges(edges);
        pass.keep(this); // the node does not keep the Java object from being collected
        node.add_post_hook(this);
        return node;
    }

    /** Where the gradient of a tensor goes; for a parameter, where it is added up. */
    private static Edge edgeTo(Tensor tensor) {
        return tensor.view_as(tensor).grad_fn().next_edge(0);
    }

    /** Called by libtorch once all gradients of the outputs are there; some of them may be undefined. */
    @Override
    public TensorVector apply(TensorVector nothing, TensorVector gradients) {
        TensorVector found = new TensorVector(learning.size() + (long) parameters.size());
        try (TensorScope scope = TensorScope.withGradient()) {
            List<Tensor> again = inputs.stream().map(Tensor::detach).toList();
            learning.forEach(i -> again.get(i).set_requires_grad(true));
            List<Tensor> outputs = recompute(again);
            TensorVector reached = new TensorVector();
            TensorVector arrived = new TensorVector();
            for (int j = 0; j < computed.size(); j++) {
                Tensor gradient = gradients.get(OWN_RESULT + j);
                Tensor output = outputs.get(computed.get(j));
                if (gradient.defined() && output.requires_grad()) {
                    reached.push_back(output);
                    arrived.push_back(gradient);
                }
            }
            if (!reached.empty()) {
                found.put(gradients(reached, again, arrived));
            }
        }
        TensorScope.free(inputs);
        TensorScope.free(List.of(randomNumbers));
        return pass.returned(found);
    }

    private TensorVector gradients(TensorVector outputs, List<Tensor> again, TensorVector arrived) {
        Tensor[] wanted = Stream.concat(learning.stream().map(again::get), parameters.stream())
                .toArray(Tensor[]::new);
        boolean differentiableAgain = false;
        boolean someUnreached = true; // they stay undefined, as in an ordinary pass
        return torch.grad(
                outputs, new TensorVector(wanted), arrived, new BoolOptional(), differentiableAgain, someUnreached);
    }

    /** The forward pass with the numbers, random and rounded, of the first time. */
    private List<Tensor> recompute(List<Tensor> again) {
        // Autocast takes leaves for weights, casts each once, and would add up gradients in bfloat16.
        List<Tensor> noLeaves =
                again.stream().map(input -> input.view_as(input)).toList();
        Tensor now = torch.getDefaultCPUGenerator().get_state();
        torch.getDefaultCPUGenerator().set_state(randomNumbers);
        try {
            return bfloat16 ? Autocast.bfloat16(() -> step.apply(noLeaves)) : step.apply(noLeaves);
        } finally {
            torch.getDefaultCPUGenerator().set_state(now);
        }
    }
}
